using System.Text;
using Qssh.Crypto.Hashes;
using Qssh.Crypto.Signatures;
using Qssh.Errors;
using Qssh.Secrets;
using Qssh.Wire;

namespace Qssh.Identity;

/// <summary>Writes and reads private key files (<see cref="PrivateKeyFormat"/>).</summary>
internal static class PrivateKeyFile
{
    private const UnixFileMode AccessibleByOthers =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <returns>The whole text of the file, which is secret: the caller wipes it.</returns>
    public static byte[] Encode(SigningKey key, string comment)
    {
        byte[] note = Encoding.UTF8.GetBytes(KeyComment.Clean(comment));
        byte[] blob = PublicKey.Of(key).Blob.ToArray();
        int section = 2 + key.PrivateForm.Length + 2 + note.Length;
        using SecretBuffer content = new(
            PrivateKeyFormat.Magic.Length + 1 + 5 + 1 + 5 + 2 + blob.Length + 2 + section + PrivateKeyFormat.CheckSize);
        WireWriter writer = new(content.Span);
        writer.WriteBytes(PrivateKeyFormat.Magic);
        writer.WriteU8(PrivateKeyFormat.Version);
        writer.WriteByteString8("none"u8);
        writer.WriteByteString8([]);
        writer.WriteByteString8("none"u8);
        writer.WriteByteString16(blob);
        writer.WriteU16((ushort)section);
        writer.WriteByteString16(key.PrivateForm);
        writer.WriteByteString16(note);
        int end = content.Length - PrivateKeyFormat.CheckSize;
        Check(content.Span[..end], content.Span[end..]);
        return Armour.Encode(content.Span);
    }

    /// <param name="name">The file's name, for messages.</param>
    public static PrivateKey Decode(ReadOnlySpan<byte> text, string name)
    {
        using SecretBuffer content = Open(text, name);
        try
        {
            return ReadContent(content.Span[..^PrivateKeyFormat.CheckSize], name);
        }
        catch (ProtocolException)
        {
            throw Damaged(name);
        }
    }

    /// <summary>
    /// Reads a private key. Refused: a file that group or others may read or write, one that is too large, damaged or of another
    /// format, a key whose halves do not belong together.
    /// </summary>
    public static PrivateKey Load(string path)
    {
        using SecretBuffer text = Read(path);
        return Decode(text.Span, path);
    }

    /// <summary>The public half, which needs no passphrase, and the comment where it can be read.</summary>
    public static (PublicKey Key, string Comment) ReadPublic(ReadOnlySpan<byte> text, string name)
    {
        using SecretBuffer content = Open(text, name);
        try
        {
            PublicKey key = ReadHeader(content.Span[..^PrivateKeyFormat.CheckSize], name, out bool isPlain, out ReadOnlySpan<byte> section);
            if (!isPlain)
                return (key, "");
            WireReader reader = new(section);
            reader.ByteString16();
            return (key, KeyComment.Clean(Encoding.UTF8.GetString(reader.ByteString16())));
        }
        catch (ProtocolException)
        {
            throw Damaged(name);
        }
    }

    /// <summary>Whether the text claims to be a private key of ours.</summary>
    public static bool IsPresent(ReadOnlySpan<byte> text) => Armour.IsPresent(text);

    private static SecretBuffer Read(string path)
    {
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            UnixFileMode mode = File.GetUnixFileMode(stream.SafeFileHandle);
            if ((mode & AccessibleByOthers) != 0)
            {
                throw new FailureException(
                    $"Private key {path} is accessible by others (mode {Convert.ToString((int)mode, 8).PadLeft(4, '0')}) and is not used: chmod 600 {path}");
            }

            using SecretBuffer buffer = new(PrivateKeyFormat.MaxFileSize + 1);
            int length = stream.ReadAtLeast(buffer.Span, buffer.Length, throwOnEndOfStream: false);
            if (length > PrivateKeyFormat.MaxFileSize)
                throw new FailureException($"{path}: too large for a private key");
            return length > 0 ? new SecretBuffer(buffer.Span[..length]) : throw new FailureException($"{path}: the file is empty");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FailureException($"Cannot read private key {path}: {FileFault.Reason(e)}");
        }
    }

    /// <summary>Armour and check: after this, the bytes are as they were written.</summary>
    private static SecretBuffer Open(ReadOnlySpan<byte> text, string name)
    {
        if (text.Length > PrivateKeyFormat.MaxFileSize)
            throw new FailureException($"{name}: too large for a private key");
        if (!Armour.IsPresent(text))
            throw new FailureException($"{name}: not a QSSH private key{ForeignHint(text)}");

        SecretBuffer content = Armour.Decode(text) ?? throw Damaged(name);
        Span<byte> check = stackalloc byte[PrivateKeyFormat.CheckSize];
        int end = content.Length - PrivateKeyFormat.CheckSize;
        if (end > 0)
            Check(content.Span[..end], check);
        if (end > 0 && ConstantTime.AreEqual(check, content.Span[end..]))
            return content;
        content.Dispose();
        throw Damaged(name);
    }

    private static PrivateKey ReadContent(ReadOnlySpan<byte> content, string name)
    {
        PublicKey expected = ReadHeader(content, name, out bool isPlain, out ReadOnlySpan<byte> section);
        return isPlain
            ? ReadSection(section, expected, name)
            : throw new FailureException($"{name}: the key is protected by a passphrase in a way that this version cannot open");
    }

    private static PublicKey ReadHeader(ReadOnlySpan<byte> content, string name, out bool isPlain, out ReadOnlySpan<byte> section)
    {
        WireReader reader = new(content);
        if (!reader.Bytes(PrivateKeyFormat.Magic.Length).SequenceEqual(PrivateKeyFormat.Magic))
            throw Damaged(name);
        byte version = reader.U8();
        if (version != PrivateKeyFormat.Version)
            throw new FailureException($"{name}: private key format version {version} is newer than this program");

        ReadOnlySpan<byte> kdf = reader.ByteString8();
        ReadOnlySpan<byte> parameters = reader.ByteString8();
        ReadOnlySpan<byte> cipher = reader.ByteString8();
        ReadOnlySpan<byte> blob = reader.ByteString16();
        section = reader.ByteString16();
        reader.ExpectEnd();
        isPlain = kdf.SequenceEqual("none"u8) && parameters.IsEmpty && cipher.SequenceEqual("none"u8);
        return PublicKey.TryDecode(blob) ?? throw Damaged(name);
    }

    private static PrivateKey ReadSection(ReadOnlySpan<byte> section, PublicKey expected, string name)
    {
        WireReader reader = new(section);
        ReadOnlySpan<byte> privateForm = reader.ByteString16();
        string comment = Encoding.UTF8.GetString(reader.ByteString16());
        reader.ExpectEnd();

        SignatureAlgorithm algorithm = expected.Algorithm
            ?? throw new FailureException($"{name}: {expected.TypeName} keys are not supported by this build");
        SigningKey key = algorithm.LoadKey(privateForm) ?? throw Damaged(name);
        PrivateKey result = new(key, KeyComment.Clean(comment));
        if (result.Public.Equals(expected))
            return result;
        result.Dispose();
        throw new FailureException($"{name}: the private key does not belong to the public key in the same file");
    }

    private static void Check(ReadOnlySpan<byte> content, Span<byte> check)
    {
        Span<byte> hash = stackalloc byte[Sha3.Size256];
        Sha3.Hash256(content, hash);
        hash[..check.Length].CopyTo(check);
    }

    private static string ForeignHint(ReadOnlySpan<byte> text)
    {
        if (text.IndexOf("-----BEGIN OPENSSH PRIVATE KEY"u8) >= 0 || text.IndexOf("-----BEGIN RSA"u8) >= 0 || text.IndexOf("-----BEGIN EC"u8) >= 0)
            return " (OpenSSH keys are classical; make a post-quantum one with: qssh keygen)";
        return "";
    }

    private static FailureException Damaged(string name) => new($"{name}: the private key file is damaged or cut short");
}
