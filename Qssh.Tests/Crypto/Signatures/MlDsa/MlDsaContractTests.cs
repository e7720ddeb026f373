using Qssh.Crypto.Signatures;

namespace Qssh.Tests.Crypto.Signatures.MlDsa;

public sealed class MlDsa44ContractTests() : SignatureContract(SignatureAlgorithm.FindByName("mldsa44"));

public sealed class MlDsa65ContractTests() : SignatureContract(SignatureAlgorithm.FindByName("mldsa65"));

public sealed class MlDsa87ContractTests() : SignatureContract(SignatureAlgorithm.FindByName("mldsa87"));
