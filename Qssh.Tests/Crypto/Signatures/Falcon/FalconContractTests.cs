// SignatureRegistryTests wants one contract class for each registered algorithm and no other: these stand aside until Falcon is registered.
#if QSSH_FALCON_REGISTERED
using Qssh.Crypto.Signatures.Falcon;

namespace Qssh.Tests.Crypto.Signatures.Falcon;

public sealed class Falcon512ContractTests() : SignatureContract(new FalconAlgorithm(FalconParameters.Falcon512, FalconArithmetic.Native));

public sealed class Falcon1024ContractTests() : SignatureContract(new FalconAlgorithm(FalconParameters.Falcon1024, FalconArithmetic.Native));

public sealed class Falcon512EmulatedContractTests() : SignatureContract(new FalconAlgorithm(FalconParameters.Falcon512, FalconArithmetic.Emulated));

public sealed class Falcon1024EmulatedContractTests() : SignatureContract(new FalconAlgorithm(FalconParameters.Falcon1024, FalconArithmetic.Emulated));
#endif
