using System.Text;
using Qssh.Errors;
using Qssh.Identity;
using Qssh.Platform;
using Qssh.Secrets;

namespace Qssh.Commands;

/// <summary>Shows the keys in a file of any kind.</summary>
internal static class KeyListing
{
    /// <summary><c>-l</c>: one line per key, as <c>bits fingerprint comment (TYPE)</c>.</summary>
    public static int Show(string path, bool draws)
    {
        foreach ((PublicKey key, string comment) in ReadAll(path, onlyFirst: false))
            Print(key, comment, draws);
        return 0;
    }

    /// <summary>The first key of a file of any kind.</summary>
    public static (PublicKey Key, string Comment) ReadPublic(string path) => ReadAll(path, onlyFirst: true)[0];

    /// <summary>What is read may hold a private key, so it is wiped; and none of it becomes a string, which cannot be.</summary>
    private static List<(PublicKey Key, string Comment)> ReadAll(string path, bool onlyFirst)
    {
        List<(PublicKey Key, string Comment)> keys = [];
        byte[] content = Read(path);
        try
        {
            if (PrivateKeyFile.IsPresent(content))
            {
                (PublicKey key, string comment) = PrivateKeyFile.ReadPublic(content, path);
                keys.Add((key, comment.Length > 0 || onlyFirst ? comment : KeyPairFiles.PublicComment(path, key)));
            }
            else if (content.AsSpan().IndexOf("PRIVATE KEY-----"u8) < 0)
            {
                using MemoryStream stream = new(content);
                foreach ((_, string? text) in TextLines.Read(stream))
                {
                    if ((keys.Count == 0 || !onlyFirst) && text is not null && Find(text) is { } found)
                        keys.Add(found);
                }
            }
        }
        finally
        {
            ConstantTime.Wipe(content);
        }

        return keys.Count > 0 ? keys : throw new FailureException($"{path} is not a key file", 1);
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

    /// <returns>It may hold a private key: the caller wipes it.</returns>
    public static byte[] Read(string path)
    {
        byte[] buffer = new byte[16 * 1024];
        int length = 0;
        try
        {
            string name = path == "-" ? "/dev/stdin" : path;
            using FileStream stream = new(name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            int count;
            while (length <= TextLines.MaxBytes && (count = stream.Read(buffer.AsSpan(length))) > 0)
            {
                length += count;
                if (length == buffer.Length)
                    buffer = Doubled(buffer);
            }

            return buffer.AsSpan(0, length).ToArray();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FailureException($"{path}: {FileFault.Reason(e)}", 1);
        }
        finally
        {
            ConstantTime.Wipe(buffer);
        }
    }

    private static byte[] Doubled(byte[] buffer)
    {
        byte[] larger = new byte[2 * buffer.Length];
        buffer.CopyTo(larger, 0);
        ConstantTime.Wipe(buffer);
        return larger;
    }
}
