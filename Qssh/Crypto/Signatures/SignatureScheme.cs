namespace Qssh.Crypto.Signatures;

/// <summary>
/// Codes of signature schemes on the wire and in files (docs/protocol.md, section 1: SS of the suite). A code is never given
/// another meaning; 0x41 and up are kept for the final FN-DSA standard.
/// </summary>
internal enum SignatureScheme : byte
{
    None = 0x00,
    Falcon512 = 0x01,
    Falcon1024 = 0x02,
    MlDsa44 = 0x03,
    MlDsa65 = 0x04,
    MlDsa87 = 0x05,
    SlhDsaShake128s = 0x06,
    SlhDsaShake128f = 0x07,
    SlhDsaShake192s = 0x08,
    SlhDsaShake256s = 0x09,
    Falcon512SlhDsa128s = 0x21,
    MlDsa65SlhDsa192s = 0x22,
    Falcon1024SlhDsa256s = 0x23,
    MlDsa87SlhDsa256s = 0x24,
    MlDsa65SlhDsa128s = 0x25,
}
