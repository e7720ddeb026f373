using System.Text;
using Qssh.Crypto.Passwords;
using Qssh.Crypto.Signatures;
using Qssh.Errors;
using Qssh.Identity;
using Qssh.Platform;
using Qssh.Secrets;

namespace Qssh.Commands;

/// <summary>Reads and writes the two files of a key pair.</summary>
internal static class KeyPairFiles
{
    private const uint PrivateMode = 0x180, PublicMode = 0x1A4; // 0600, 0644

    /// <param name="given">The passphrase of the command line; null: it is asked for if there is one.</param>
    public static PrivateKey Open(string path, string? given, string question)
    {
        PrivateKey key = Open(path, given, question, out Passphrase used);
        used.Dispose();
        return key;
    }

    /// <summary>Without a question.</summary>
    public static PrivateKey Open(StoredKey stored, string given)
    {
        if (!stored.IsProtected)
            return stored.Open();
        stored.RequireOpenable();
        using Passphrase passphrase = Passphrase.Of(given);
        return TryOpen(stored, passphrase);
    }

    /// <param name="used">The passphrase of the file, empty if it has none; the caller's.</param>
    public static PrivateKey Open(string path, string? given, string question, out Passphrase used)
    {
        used = new Passphrase([]);
        try
        {
            using StoredKey stored = PrivateKeyFile.Read(path);
            if (!stored.IsProtected)
                return stored.Open();
            stored.RequireOpenable();
            used.Dispose();
            used = given is null ? KeygenDialog.AskPassphrase(question) : Passphrase.Of(given);
            return TryOpen(stored, used);
        }
        catch (FailureException e)
        {
            used.Dispose();
            throw new FailureException(e.Message, 1);
        }
    }

    /// <param name="passphrase">Empty: the file is not protected.</param>
    public static void WritePrivate(string path, SigningKey key, string comment, Passphrase passphrase, Argon2Parameters cost, bool replace)
    {
        byte[] text = PrivateKeyFile.Encode(key, comment, passphrase.Bytes, cost);
        try
        {
            if (!AtomicFile.Write(path, text, PrivateMode, replace))
                throw new FailureException($"{path} appeared meanwhile and was not overwritten", 1);
        }
        finally
        {
            ConstantTime.Wipe(text);
        }
    }

    public static void WritePublic(string path, PublicKey key, string comment) =>
        AtomicFile.Write(path + ".pub", Encoding.UTF8.GetBytes(key.ToLine(comment) + "\n"), PublicMode, replace: true);

    private static PrivateKey TryOpen(StoredKey stored, Passphrase passphrase) => stored.TryOpen(passphrase.Bytes)
        ?? throw new FailureException($"Failed to load key {stored.Name}: incorrect passphrase supplied to decrypt private key");

    /// <summary>The comment of a protected key stands in its other file.</summary>
    public static string PublicComment(string path, PublicKey key)
    {
        try
        {
            using FileStream stream = new(path + ".pub", FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            foreach ((_, string? text) in TextLines.Read(stream, maxLines: 100))
            {
                if (text is not null && PublicKey.TryParseLine(text, out PublicKey? found, out string comment) && key.Equals(found))
                    return comment;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Then there is no comment to show.
        }

        return "";
    }
}
