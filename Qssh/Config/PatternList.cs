using System.IO.Enumeration;

namespace Qssh.Config;

/// <summary>Patterns with <c>*</c>, <c>?</c> and a leading <c>!</c>. A negated match wins over every other. Hosts are
/// compared without case; names of accounts and groups, tags and variables with it.</summary>
internal static class PatternList
{
    public static bool Matches(IEnumerable<string> patterns, string name, bool ignoreCase = true)
    {
        bool matched = false;
        foreach (string pattern in patterns)
        {
            bool negated = pattern.StartsWith('!');
            if (!FileSystemName.MatchesSimpleExpression(negated ? pattern.AsSpan(1) : pattern, name, ignoreCase))
                continue;
            if (negated)
                return false;
            matched = true;
        }

        return matched;
    }

    public static bool MatchesCommas(string patterns, string name, bool ignoreCase = true) =>
        Matches(patterns.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), name, ignoreCase);
}
