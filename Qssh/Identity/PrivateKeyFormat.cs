using Qssh.Crypto.Hashes;
using Qssh.Wire;

namespace Qssh.Identity;

/// <summary>
/// Layout of a private key file (docs/formats.md, "Private key file"). The armour's base64 decodes to:
/// <code>
/// magic     8     "QSSHKEY" 00
/// version   u8    1
/// kdf       b8    "none" or "argon2id"
/// kdfparams b8    empty for "none"; see <see cref="KeyProtection"/>
/// cipher    b8    "none" or "aes256-gcm", which seals section with all fields before it as associated data
/// public    b16   key blob
/// section   b16   private key b16, comment b16, nothing else
/// check     16    SHA3-256 of everything before it, cut to 16 bytes
/// </code>
/// The check stands outside of the sealed part, so that a damaged file and a wrong passphrase can be told apart.
/// </summary>
internal static class PrivateKeyFormat
{
    public const byte Version = 1;
    public const int CheckSize = 16;

    /// <summary>Armoured text. The largest key of any scheme, both halves and comment, takes less than half.</summary>
    public const int MaxFileSize = 32 * 1024;

    public static ReadOnlySpan<byte> Magic => "QSSHKEY\0"u8;

    public static ReadOnlySpan<byte> Begin => "-----BEGIN QSSH PRIVATE KEY-----"u8;

    public static ReadOnlySpan<byte> End => "-----END QSSH PRIVATE KEY-----"u8;

    public static ReadOnlySpan<byte> None => "none"u8;

    /// <summary>All fields before the section.</summary>
    /// <param name="protection">Null: there is none.</param>
    public static byte[] Header(PublicKey key, KeyProtection? protection)
    {
        byte[] header = new byte[Magic.Length + 1 + (3 * (1 + byte.MaxValue)) + 2 + key.Blob.Length];
        WireWriter writer = new(header);
        writer.WriteBytes(Magic);
        writer.WriteU8(Version);
        writer.WriteByteString8(protection is null ? None : KeyProtection.Kdf);
        writer.WriteByteString8(protection is null ? default : protection.Encode());
        writer.WriteByteString8(protection is null ? None : KeyProtection.Cipher);
        writer.WriteByteString16(key.Blob);
        return header[..writer.Position];
    }

    public static void Check(ReadOnlySpan<byte> content, Span<byte> check)
    {
        Span<byte> hash = stackalloc byte[Sha3.Size256];
        Sha3.Hash256(content, hash);
        hash[..check.Length].CopyTo(check);
    }
}
