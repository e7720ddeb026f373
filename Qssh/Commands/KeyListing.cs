using System.Text;
using Qssh.Errors;
using Qssh.Identity;
using Qssh.Platform;

namespace Qssh.Commands;

/// <summary>Shows the keys in a file of any kind.</summary>
internal static class KeyListing
{
    /// <summary><c>-l</c>: one line per key, as <c>bits fingerprint comment (TYPE)</c>.</summary>
    public static int Show(string path, bool draws)
    {
        byte[] content = Read(path);
        if (PrivateKeyFile.IsPresent(content))
        {
            (PublicKey key, string comment) = PrivateKeyFile.ReadPublic(content, path);
            Print(key, comment.Length > 0 ? comment : KeyPairFiles.PublicComment(path, key), draws);
            return 0;
        }

        int shown = 0;
        using MemoryStream stream = new(content);
        foreach ((_, string? text) in TextLines.Read(stream))
        {
            if (text is null || Find(text) is not { } found)
                continue;
            Print(found.Key, found.Comment, draws);
            shown++;
        }

        return shown > 0 ? 0 : throw new FailureException($"{path} is not a key file", 1);
    }

    /// <summary>The first key of a file of any kind.</summary>
    public static (PublicKey Key, string Comment) ReadPublic(string path)
    {
        byte[] content = Read(path);
        if (PrivateKeyFile.IsPresent(content))
            return PrivateKeyFile.ReadPublic(content, path);
        using MemoryStream stream = new(content);
        foreach ((_, string? text) in TextLines.Read(stream))
        {
            if (text is not null && Find(text) is { } found)
                return found;
        }

        throw new FailureException($"{path} is not a key file", 1);
    }

    /// <summary><c>-y</c>: the public half stands open in the file. A passphrase that is given is tried all the same.</summary>
    public static int PrintPublic(string path, string? passphrase)
    {
        try
        {
            using StoredKey stored = PrivateKeyFile.Read(path);
            string comment = stored.Comment;
            if (!stored.IsProtected || passphrase is not null)
            {
                // Not from the file again: it may be a pipe.
                using PrivateKey key = KeyPairFiles.Open(stored, passphrase ?? "");
                comment = key.Comment;
            }
            else
            {
                comment = KeyPairFiles.PublicComment(path, stored.Public);
            }

            StandardStreams.WriteOutput(Encoding.UTF8.GetBytes(stored.Public.ToLine(comment) + "\n"));
            return 0;
        }
        catch (FailureException e)
        {
            throw new FailureException(e.Message, 1);
        }
    }

    /// <summary>A line of a .pub or authorized_keys file, or of known_hosts, where the names stand for the comment.</summary>
    private static (PublicKey Key, string Comment)? Find(string line)
    {
        AuthorizedKey authorized = AuthorizedKey.Parse(line);
        if (authorized.Key is not null)
            return (authorized.Key, authorized.Comment);

        ReadOnlySpan<char> rest = line;
        ReadOnlySpan<char> names = PublicKeyLine.NextWord(ref rest);
        if (names.StartsWith('@'))
            names = PublicKeyLine.NextWord(ref rest);
        if (names.IsEmpty || names[0] == '#')
            return null;
        return PublicKeyLine.Parse(rest).Key is { } key ? (key, KeyComment.Clean(names)) : null;
    }

    private static void Print(PublicKey key, string comment, bool draws)
    {
        string shown = comment.Length > 0 ? comment : "no comment";
        string line = $"{key.StrengthBits} {key.Fingerprint} {shown} ({key.TypeName.ToUpperInvariant()})\n";
        StandardStreams.WriteOutput(Encoding.UTF8.GetBytes(line));
        if (draws)
            StandardStreams.WriteOutput(Randomart.Draw(key) + "\n");
    }

    public static byte[] Read(string path)
    {
        try
        {
            string name = path == "-" ? "/dev/stdin" : path;
            using FileStream stream = new(name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            using MemoryStream content = new();
            byte[] chunk = new byte[16 * 1024];
            int count;
            while ((count = stream.Read(chunk)) > 0 && content.Length <= TextLines.MaxBytes)
                content.Write(chunk, 0, count);
            return content.ToArray();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FailureException($"{path}: {FileFault.Reason(e)}", 1);
        }
    }
}
