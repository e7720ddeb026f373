using Qssh.Crypto.Signatures.Falcon;

namespace Qssh.Tests.Crypto.Signatures.Falcon;

public sealed class Falcon512ContractTests() : SignatureContract(new FalconAlgorithm(FalconParameters.Falcon512, FalconArithmetic.Native));

public sealed class Falcon1024ContractTests() : SignatureContract(new FalconAlgorithm(FalconParameters.Falcon1024, FalconArithmetic.Native));

public sealed class Falcon512EmulatedContractTests() : SignatureContract(new FalconAlgorithm(FalconParameters.Falcon512, FalconArithmetic.Emulated));

public sealed class Falcon1024EmulatedContractTests() : SignatureContract(new FalconAlgorithm(FalconParameters.Falcon1024, FalconArithmetic.Emulated));
