using System.Text;
using Qssh.Crypto.Passwords;
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
    public static byte[] Encode(SigningKey key, string comment) => Encode(key, comment, [], KeyProtection.StandardCost);

    /// <param name="passphrase">Empty: the file is not protected.</param>
    /// <param name="cost">Within its limits.</param>
    public static byte[] Encode(SigningKey key, string comment, ReadOnlySpan<byte> passphrase, Argon2Parameters cost)
    {
        KeyProtection? protection = passphrase.IsEmpty ? null : KeyProtection.Create(cost);
        byte[] note = Encoding.UTF8.GetBytes(KeyComment.Clean(comment));
        using SecretBuffer section = new(2 + key.PrivateForm.Length + 2 + note.Length);
        WireWriter inside = new(section.Span);
        inside.WriteByteString16(key.PrivateForm);
        inside.WriteByteString16(note);

        byte[] header = PrivateKeyFormat.Header(PublicKey.Of(key), protection);
        int size = section.Length + (protection is null ? 0 : KeyProtection.Overhead);
        using SecretBuffer content = new(header.Length + 2 + size + PrivateKeyFormat.CheckSize);
        WireWriter writer = new(content.Span);
        writer.WriteBytes(header);
        writer.WriteU16((ushort)size);
        Span<byte> stored = content.Span.Slice(header.Length + 2, size);
        if (protection is null)
            section.Span.CopyTo(stored);
        else
            protection.Seal(passphrase, header, section.Span, stored);
        int end = content.Length - PrivateKeyFormat.CheckSize;
        PrivateKeyFormat.Check(content.Span[..end], content.Span[end..]);
        return Armour.Encode(content.Span);
    }

    /// <summary>Reads a key without a passphrase.</summary>
    /// <param name="name">The file's name, for messages.</param>
    public static PrivateKey Decode(ReadOnlySpan<byte> text, string name)
    {
        using StoredKey stored = Parse(text, name);
        return stored.Open();
    }

    /// <summary>Armour, check and header: after this the public half is known, and the bytes are as they were written.</summary>
    public static StoredKey Parse(ReadOnlySpan<byte> text, string name)
    {
        SecretBuffer content = Open(text, name);
        try
        {
            return new StoredKey(content, name);
        }
        catch (Exception e)
        {
            content.Dispose();
            if (e is ProtocolException)
                throw Damaged(name);
            throw;
        }
    }

    /// <summary>
    /// Reads a private key without a passphrase. Refused: a file that group or others may read or write, one that is too large, damaged or
    /// of another format, a key whose halves do not belong together.
    /// </summary>
    public static PrivateKey Load(string path)
    {
        using StoredKey stored = Read(path);
        return stored.Open();
    }

    /// <summary>As <see cref="Load"/>, but leaves the private half closed.</summary>
    public static StoredKey Read(string path)
    {
        using SecretBuffer text = ReadText(path);
        return Parse(text.Span, path);
    }

    /// <summary>The public half, which needs no passphrase, and the comment unless it is protected.</summary>
    public static (PublicKey Key, string Comment) ReadPublic(ReadOnlySpan<byte> text, string name)
    {
        using StoredKey stored = Parse(text, name);
        return (stored.Public, stored.Comment);
    }

    /// <summary>Whether the text claims to be a private key of ours.</summary>
    public static bool IsPresent(ReadOnlySpan<byte> text) => Armour.IsPresent(text);

    private static SecretBuffer ReadText(string path)
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
            PrivateKeyFormat.Check(content.Span[..end], check);
        if (end > 0 && ConstantTime.AreEqual(check, content.Span[end..]))
            return content;
        content.Dispose();
        throw Damaged(name);
    }

    private static string ForeignHint(ReadOnlySpan<byte> text)
    {
        if (text.IndexOf("-----BEGIN OPENSSH PRIVATE KEY"u8) >= 0 || text.IndexOf("-----BEGIN RSA"u8) >= 0 || text.IndexOf("-----BEGIN EC"u8) >= 0)
            return " (OpenSSH keys are classical; make a post-quantum one with: qssh keygen)";
        return "";
    }

    internal static FailureException Damaged(string name) => new($"{name}: the private key file is damaged or cut short");
}
