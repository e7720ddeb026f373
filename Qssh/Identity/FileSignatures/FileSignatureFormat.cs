namespace Qssh.Identity.FileSignatures;

/// <summary>
/// Layout of a signature file (docs/formats.md, "Signature file"). The armour's base64 decodes to:
/// <code>
/// magic      6     "SSHSIG"
/// version    u32   51530001, "QS" and 1; OpenSSH's own is 1
/// public     b16   key blob
/// namespace  b8    1 to 255 bytes of UTF-8 without control characters
/// reserved   b8    empty
/// hash       b8    "sha512" or "sha256"
/// signature  b16   type b8, signature of the scheme b16, nothing else
/// </code>
/// Nothing follows. Signed is: "QSSH/1 file signature" 00, everything above before signature, and the hash of the content as b8. So the key
/// with its type, the namespace and the hash algorithm stand under every signature, and what is signed begins like nothing else that
/// the key ever signs.
/// </summary>
internal static class FileSignatureFormat
{
    public const uint Version = 0x51530001;

    /// <summary>PROTOCOL.sshsig of OpenSSH.</summary>
    public const uint OpenSshVersion = 1;

    public const int MaxNamespace = byte.MaxValue;

    /// <summary>Armoured text. The largest signature of any scheme with its key takes some 52 KB.</summary>
    public const int MaxFileSize = 64 * 1024;

    public static ReadOnlySpan<byte> Magic => "SSHSIG"u8;

    /// <summary>By this line git knows signatures of <c>gpg.format=ssh</c> (get_format_by_sig in gpg-interface.c).</summary>
    public static ReadOnlySpan<byte> Begin => "-----BEGIN SSH SIGNATURE-----"u8;

    public static ReadOnlySpan<byte> End => "-----END SSH SIGNATURE-----"u8;
}
