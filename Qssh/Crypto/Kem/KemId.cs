namespace Qssh.Crypto.Kem;

/// <summary>The key agreements of QSSH/1: the upper byte of a suite. A number never changes its meaning.</summary>
internal enum KemId : byte
{
    ChKem1024 = 1,
    ChKem768 = 2,
    XWing = 3,
}
