namespace Qssh.Identity;

/// <summary>
/// Layout of a private key file (docs/formats.md, "Private key file"). The armour's base64 decodes to:
/// <code>
/// magic     8     "QSSHKEY" 00
/// version   u8    1
/// kdf       b8    "none"; later "argon2id"
/// kdfparams b8    empty for "none"
/// cipher    b8    "none"; later "aes256-gcm", which seals section with everything before it as associated data
/// public    b16   key blob
/// section   b16   private key b16, comment b16, nothing else
/// check     16    SHA3-256 of everything before it, cut to 16 bytes
/// </code>
/// The check stands outside of the sealed part, so that a damaged file and a wrong passphrase can be told apart.
/// </summary>
internal static class PrivateKeyFormat
{
    public const string None = "none";
    public const byte Version = 1;
    public const int CheckSize = 16;

    /// <summary>Armoured text. The largest key of any scheme, both halves and comment, takes less than half.</summary>
    public const int MaxFileSize = 32 * 1024;

    public static ReadOnlySpan<byte> Magic => "QSSHKEY\0"u8;

    public static ReadOnlySpan<byte> Begin => "-----BEGIN QSSH PRIVATE KEY-----"u8;

    public static ReadOnlySpan<byte> End => "-----END QSSH PRIVATE KEY-----"u8;
}
