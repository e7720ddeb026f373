using Qssh.Errors;

namespace Qssh.Identity.FileSignatures;

/// <summary>
/// A file of revoked keys, <c>type base64 [comment]</c> per line. What cannot be understood could be the key that is asked about, so it is an
/// error, not passed over.
/// </summary>
internal static class RevokedKeys
{
    /// <returns>The place of the key as <c>file:line</c>; null: it is not revoked.</returns>
    public static string? Find(string path, PublicKey key)
    {
        string? found = null;
        int number = 0;
        foreach (string? text in KeyLines.Read(path, "revoked keys file"))
        {
            string place = $"{path}:{++number}";
            if (text is "SSHKRL")
                throw new FailureException($"{path} is a key revocation list (KRL), which this version does not read: give a file with one public key per line");
            if (text is null)
                throw new FailureException($"{place}: the line is too long");
            if (IsRevoked(text, key, place))
                found ??= place;
        }

        return found;
    }

    private static bool IsRevoked(ReadOnlySpan<char> line, PublicKey key, string place)
    {
        line = line.Trim(" \t\r\n");
        if (line.IsEmpty || line[0] == '#')
            return false;
        PublicKeyLine parsed = PublicKeyLine.Parse(line);
        if (parsed.Key is null && !AllowedSigner.IsClassical(line))
            throw new FailureException($"{place}: {parsed.Fault}");
        return key.Equals(parsed.Key);
    }
}
