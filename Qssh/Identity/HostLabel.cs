using System.IO.Enumeration;
using System.Text;
using Qssh.Crypto.Hashes;
using Qssh.Crypto.Rng;
using Qssh.Secrets;

namespace Qssh.Identity;

/// <summary>
/// How known_hosts names a host: the name in lower case, or <c>[name]:port</c> when the port is not the standard one; patterns of
/// such names; and names hidden as <c>|1|salt|hash</c>, where hash = HMAC-SHA1(salt, name).
/// </summary>
internal static class HostLabel
{
    public const int DefaultPort = 22222;

    private const string HashMarker = "|1|";

    public static string Of(string host, int port)
    {
        string name = host.ToLowerInvariant();
        if (name.Length > 2 && name[0] == '[' && name[^1] == ']')
            name = name[1..^1];
        return port == DefaultPort ? name : $"[{name}]:{port}";
    }

    /// <summary>Whether the first field of a line names this label. A negated pattern that matches excludes the line.</summary>
    public static bool Matches(ReadOnlySpan<char> field, string label)
    {
        if (field.StartsWith(HashMarker))
            return MatchesHash(field, label);

        bool matched = false;
        foreach (Range range in field.Split(','))
        {
            ReadOnlySpan<char> pattern = field[range];
            bool negated = pattern.StartsWith('!');
            if (negated)
                pattern = pattern[1..];
            if (pattern.IsEmpty || !FileSystemName.MatchesSimpleExpression(pattern, label, ignoreCase: true))
                continue;
            if (negated)
                return false;
            matched = true;
        }

        return matched;
    }

    public static bool IsHashed(ReadOnlySpan<char> field) => field.StartsWith('|');

    /// <summary>The label under a fresh salt.</summary>
    public static string Hide(string label)
    {
        Span<byte> salt = stackalloc byte[HmacSha1.Size];
        SystemRandom.Fill(salt);
        Span<byte> hash = stackalloc byte[HmacSha1.Size];
        HmacSha1.Hash(salt, Encoding.UTF8.GetBytes(label), hash);
        return $"{HashMarker}{Convert.ToBase64String(salt)}|{Convert.ToBase64String(hash)}";
    }

    private static bool MatchesHash(ReadOnlySpan<char> field, string label)
    {
        ReadOnlySpan<char> rest = field[HashMarker.Length..];
        int bar = rest.IndexOf('|');
        if (bar < 0
            || CanonicalBase64.Decode(rest[..bar], HmacSha1.Size) is not { Length: HmacSha1.Size } salt
            || CanonicalBase64.Decode(rest[(bar + 1)..], HmacSha1.Size) is not { Length: HmacSha1.Size } expected)
        {
            return false;
        }

        Span<byte> hash = stackalloc byte[HmacSha1.Size];
        HmacSha1.Hash(salt, Encoding.UTF8.GetBytes(label), hash);
        return ConstantTime.AreEqual(hash, expected);
    }
}
