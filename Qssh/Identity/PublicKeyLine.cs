using Qssh.Crypto.Signatures;

namespace Qssh.Identity;

/// <summary>A key as it stands in a line of text, or why it is none.</summary>
/// <param name="Key">Null: refused, see <paramref name="Fault"/>.</param>
/// <param name="Fault">One phrase for a log or the user, without bytes of the line; null when there is a key.</param>
internal sealed record PublicKeyLine(PublicKey? Key, string Comment, string? Fault)
{
    /// <summary>Longest line accepted in any file of keys: options, the largest key and a comment.</summary>
    public const int MaxLength = 16 * 1024;

    public static PublicKeyLine Parse(ReadOnlySpan<char> line)
    {
        if (line.Length > MaxLength)
            return Refuse($"the line is longer than {MaxLength} characters");

        ReadOnlySpan<char> type = NextWord(ref line);
        ReadOnlySpan<char> data = NextWord(ref line);
        if (type.IsEmpty)
            return Refuse("there is no key");
        if (SignatureRegistry.FindByName(type.ToString()) is null)
            return Refuse(SignatureAlgorithm.ClassicalReason(type.ToString()) ?? "the key type is unknown");
        if (data.IsEmpty)
            return Refuse("the key is missing after its type");
        if (CanonicalBase64.Decode(data, KeyBlob.MaxSize) is not { } blob)
            return Refuse("the key is not canonical base64, or too long");
        if (PublicKey.TryDecode(blob) is not { } key)
            return Refuse("the key is damaged");
        return type.SequenceEqual(key.TypeName)
            ? new PublicKeyLine(key, KeyComment.Clean(line), null)
            : Refuse("the declared type differs from the type inside the key");
    }

    /// <summary>Whether a word can begin a key: the name of any scheme, classical ones included.</summary>
    public static bool IsTypeName(ReadOnlySpan<char> word)
    {
        string name = word.ToString();
        return SignatureRegistry.FindByName(name) is not null || SignatureAlgorithm.ClassicalReason(name) is not null;
    }

    /// <summary>Takes one word off the front; empty at the end.</summary>
    public static ReadOnlySpan<char> NextWord(ref ReadOnlySpan<char> line)
    {
        line = line.TrimStart(" \t\r\n");
        int end = line.IndexOfAny(' ', '\t');
        ReadOnlySpan<char> word = end < 0 ? line : line[..end];
        line = line[word.Length..];
        return word.TrimEnd("\r\n");
    }

    private static PublicKeyLine Refuse(string fault) => new(null, "", fault);
}
