namespace Qssh.Crypto.Kem;

/// <summary>Key exchanges by their number KK in a suite (docs/protocol.md, section 1).</summary>
internal enum KemId : byte
{
    ChKem1024 = 1,
    ChKem768 = 2,
    XWing = 3,
}
