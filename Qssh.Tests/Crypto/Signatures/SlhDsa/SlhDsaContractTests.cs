using Qssh.Crypto.Signatures;
using Qssh.Crypto.Signatures.SlhDsa;

namespace Qssh.Tests.Crypto.Signatures.SlhDsa;

public sealed class SlhDsaShake128sContractTests() : SignatureContract(new SlhDsaAlgorithm(SignatureScheme.SlhDsaShake128s), true);

public sealed class SlhDsaShake128fContractTests() : SignatureContract(new SlhDsaAlgorithm(SignatureScheme.SlhDsaShake128f));

public sealed class SlhDsaShake192sContractTests() : SignatureContract(new SlhDsaAlgorithm(SignatureScheme.SlhDsaShake192s), true);

public sealed class SlhDsaShake256sContractTests() : SignatureContract(new SlhDsaAlgorithm(SignatureScheme.SlhDsaShake256s), true);
