namespace Qssh.Identity;

/// <summary>One line of authorized_keys: a key with its options, or why it is none.</summary>
/// <param name="Key">Null: an empty line, a comment, or refused for the reason in <paramref name="Fault"/>.</param>
internal sealed record AuthorizedKey(PublicKey? Key, KeyOptions Options, string Comment, string? Fault)
{
    private static readonly AuthorizedKey s_empty = new(null, KeyOptions.None, "", null);

    /// <summary>Layout: <c>[options] type base64 [comment]</c>.</summary>
    public static AuthorizedKey Parse(ReadOnlySpan<char> line)
    {
        if (line.Length > PublicKeyLine.MaxLength)
            return Refuse("the line is too long");
        line = line.Trim(" \t\r\n");
        if (line.IsEmpty || line[0] == '#')
            return s_empty;

        ReadOnlySpan<char> rest = line;
        KeyOptions? options = KeyOptions.None;
        if (!PublicKeyLine.IsTypeName(PublicKeyLine.NextWord(ref rest)))
        {
            if (OptionWords.Split(line, out rest) is not { } words)
                return Refuse("the options are malformed");
            options = KeyOptionParser.Parse(words, out string? fault);
            if (options is null)
                return Refuse(fault!);
            line = rest;
        }

        PublicKeyLine key = PublicKeyLine.Parse(line);
        return key.Key is null ? Refuse(key.Fault!) : new AuthorizedKey(key.Key, options, key.Comment, null);
    }

    private static AuthorizedKey Refuse(string fault) => new(null, KeyOptions.None, "", fault);
}
