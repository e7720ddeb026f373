namespace Qssh.Crypto.Aead;

/// <summary>The ways AES-256-GCM can be computed; all give the same bytes.</summary>
internal enum AesGcmImplementation
{
    /// <summary>Constant-time software for any CPU.</summary>
    Portable,

    /// <summary>AES-NI and PCLMULQDQ.</summary>
    X86,

    /// <summary>The Armv8 cryptographic extension (AES and PMULL).</summary>
    Arm,
}
