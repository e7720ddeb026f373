namespace Qssh.Identity;

/// <summary>
/// A list of patterns with commas between them: <c>*</c> is any text, <c>?</c> one character, every other character itself, also a
/// backslash; <c>!</c> in front negates. Upper and lower case differ. A negated match refuses, whatever else matches.
/// </summary>
internal static class PatternList
{
    public static bool Matches(ReadOnlySpan<char> list, ReadOnlySpan<char> text)
    {
        bool matched = false;
        foreach (Range range in list.Split(','))
        {
            ReadOnlySpan<char> pattern = list[range].Trim(' ');
            bool negated = IsNegated(pattern);
            if (negated)
                pattern = pattern[1..];
            if (pattern.IsEmpty || !MatchesOne(pattern, text))
                continue;
            if (negated)
                return false;
            matched = true;
        }

        return matched;
    }

    /// <summary>The patterns that are not negated, in order.</summary>
    public static List<string> Positive(ReadOnlySpan<char> list)
    {
        List<string> patterns = [];
        foreach (Range range in list.Split(','))
        {
            ReadOnlySpan<char> pattern = list[range].Trim(' ');
            if (!pattern.IsEmpty && !IsNegated(pattern))
                patterns.Add(pattern.ToString());
        }

        return patterns;
    }

    private static bool IsNegated(ReadOnlySpan<char> pattern) => pattern.StartsWith('!');

    /// <summary>Goes back to the last star only: what earlier ones took can stay, so the time is at most the product of the lengths.</summary>
    private static bool MatchesOne(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        int p = 0, t = 0, star = -1, taken = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                taken = t;
            }
            else if (p < pattern.Length && (pattern[p] == '?' || pattern[p] == text[t]))
            {
                p++;
                t++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                t = ++taken;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '*')
            p++;
        return p == pattern.Length;
    }
}
