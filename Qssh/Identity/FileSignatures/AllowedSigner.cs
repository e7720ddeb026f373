namespace Qssh.Identity.FileSignatures;

/// <summary>One line of an allowed-signers file, understood: who may sign with which key, for what and when.</summary>
internal sealed class AllowedSigner
{
    private AllowedSigner(string place, string principals, PublicKey? key, AllowedSignerOptions options, string? fault)
    {
        Place = place;
        Principals = principals;
        Key = key;
        Options = options;
        Fault = fault;
    }

    /// <summary>File and number, for messages.</summary>
    public string Place { get; }

    /// <summary>Patterns of the names that the key signs for.</summary>
    public string Principals { get; }

    /// <summary>Null: the line is not used, for the reason in <see cref="Fault"/>, or is for OpenSSH only.</summary>
    public PublicKey? Key { get; }

    public AllowedSignerOptions Options { get; }

    /// <summary>One phrase without bytes of the line; null: well-formed.</summary>
    public string? Fault { get; }

    public static AllowedSigner TooLong { get; } = Refuse("the line is too long");

    /// <summary>Layout: <c>principals [options] type base64 [comment]</c>; principals with blanks stand in double quotes.</summary>
    /// <returns>Null: an empty line or a comment.</returns>
    public static AllowedSigner? Parse(ReadOnlySpan<char> line, string place)
    {
        if (line.Length > PublicKeyLine.MaxLength)
            return TooLong;
        line = line.Trim(" \t\r\n");
        if (line.IsEmpty || line[0] == '#')
            return null;
        if (!TryPrincipals(ref line, out string principals))
            return Refuse("the principals are malformed");

        ReadOnlySpan<char> rest = line;
        AllowedSignerOptions? options = AllowedSignerOptions.None;
        if (!PublicKeyLine.IsTypeName(PublicKeyLine.NextWord(ref rest)))
        {
            if (OptionWords.Split(line, out rest) is not { } words)
                return Refuse("the options or the key are malformed");
            options = AllowedSignerOptions.Parse(words, out string? fault);
            if (options is null)
                return Refuse(fault!);
            line = rest;
        }

        PublicKeyLine key = PublicKeyLine.Parse(line);
        return new AllowedSigner(place, principals, key.Key, options, IsClassical(line) ? null : key.Fault);
    }

    /// <summary>Keys that OpenSSH uses may stand in the same file: they are no mistake, and match nothing.</summary>
    internal static bool IsClassical(ReadOnlySpan<char> line) =>
        Crypto.Signatures.SignatureAlgorithm.ClassicalReason(PublicKeyLine.NextWord(ref line).ToString()) is not null;

    private static bool TryPrincipals(ref ReadOnlySpan<char> line, out string principals)
    {
        principals = "";
        if (line[0] != '"')
        {
            principals = PublicKeyLine.NextWord(ref line).ToString();
            line = line.TrimStart(" \t");
            return !principals.Contains('"');
        }

        int end = line[1..].IndexOf('"');
        if (end <= 0 || end + 2 >= line.Length || line[end + 2] is not (' ' or '\t'))
            return false;
        principals = line.Slice(1, end).ToString();
        line = line[(end + 2)..].TrimStart(" \t");
        return true;
    }

    private static AllowedSigner Refuse(string fault) => new("", "", null, AllowedSignerOptions.None, fault);
}
