namespace Qssh.Crypto.Aead;

/// <summary>The ways ChaCha20-Poly1305 can be computed; all give the same bytes.</summary>
internal enum ChaChaImplementation
{
    /// <summary>One block at a time, for any CPU.</summary>
    Portable,

    /// <summary>Four blocks at a time in vectors of 128 bits.</summary>
    Vector128,
}
