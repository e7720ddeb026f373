using System.Text;

namespace Qssh.Files;

/// <summary>Patterns of one name as shells have them: <c>*</c>, <c>?</c>, <c>[a-z]</c>, <c>[!a]</c>, and a backslash that takes the meaning away.</summary>
internal static class GlobPattern
{
    public static bool HasMagic(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\')
                i++;
            else if (text[i] is '*' or '?' or '[')
                return true;
        }

        return false;
    }

    /// <summary>The text that a pattern without magic stands for.</summary>
    public static string Unescape(string text)
    {
        if (!text.Contains('\\'))
            return text;
        StringBuilder plain = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length)
                i++;
            plain.Append(text[i]);
        }

        return plain.ToString();
    }

    /// <summary>The pattern that stands for this text and nothing else.</summary>
    public static string Escape(string text)
    {
        StringBuilder pattern = new(text.Length);
        foreach (char c in text)
        {
            if (c is '*' or '?' or '[' or ']' or '\\')
                pattern.Append('\\');
            pattern.Append(c);
        }

        return pattern.ToString();
    }

    /// <summary>A leading dot is matched by a dot only. Time grows with the product of the lengths at most.</summary>
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        if (name.StartsWith('.') && !pattern.StartsWith('.'))
            return false;
        int p = 0, n = 0, star = -1, mark = 0;
        while (n < name.Length)
        {
            int rest = p;
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                mark = n;
            }
            else if (p < pattern.Length && MatchesOne(pattern, ref rest, name[n]))
            {
                (p, n) = (rest, n + 1);
            }
            else if (star >= 0)
            {
                (p, n) = (star + 1, ++mark);
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

    private static bool MatchesOne(ReadOnlySpan<char> pattern, ref int p, char c)
    {
        switch (pattern[p++])
        {
            case '?':
                return true;
            case '[':
                return MatchesSet(pattern, ref p, c);
            case '\\' when p < pattern.Length:
                return pattern[p++] == c;
            case var literal:
                return literal == c;
        }
    }

    /// <summary>A bracket that is never closed is itself.</summary>
    private static bool MatchesSet(ReadOnlySpan<char> pattern, ref int p, char c)
    {
        int i = p;
        bool negated = i < pattern.Length && pattern[i] is '!' or '^';
        if (negated)
            i++;
        bool found = false;
        for (bool first = true; i < pattern.Length && (first || pattern[i] != ']'); first = false)
        {
            if (pattern[i] == '\\' && i + 1 < pattern.Length)
                i++;
            char low = pattern[i++], high = low;
            if (i + 1 < pattern.Length && pattern[i] == '-' && pattern[i + 1] != ']')
            {
                high = pattern[i + 1];
                i += 2;
            }

            found |= c >= low && c <= high;
        }

        if (i >= pattern.Length)
            return c == '[';
        p = i + 1;
        return found != negated;
    }
}
