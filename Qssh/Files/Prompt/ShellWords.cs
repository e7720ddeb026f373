using System.Text;
using Qssh.Errors;

namespace Qssh.Files.Prompt;

/// <summary>
/// A command line in words, with OpenSSH's quoting: single and double quotes, and a backslash before one character. Words are patterns:
/// what was quoted has lost its special meaning (<see cref="GlobPattern.Unescape"/> gives the plain text).
/// </summary>
internal static class ShellWords
{
    /// <exception cref="FailureException">A quote is not closed.</exception>
    public static List<string> Split(string line)
    {
        List<string> words = [];
        StringBuilder word = new();
        bool begun = false;
        char quote = '\0';
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            if (quote != '\0' ? c == quote : c is '"' or '\'')
            {
                quote = quote == '\0' ? c : '\0';
                begun = true;
            }
            else if (c == '\\' && (quote == '\0' || (i + 1 < line.Length && (line[i + 1] == quote || IsSpecial(line[i + 1])))))
            {
                if (++i == line.Length)
                    throw new FailureException("Unterminated escape at the end of the line", 1);
                Literal(word, line[i]);
                begun = true;
            }
            else if (quote != '\0')
            {
                Literal(word, c);
            }
            else if (c is ' ' or '\t' or '\r' or '\n')
            {
                Finish(words, word, ref begun);
            }
            else if (c == '#' && !begun)
            {
                break;
            }
            else
            {
                word.Append(c);
                begun = true;
            }
        }

        if (quote != '\0')
            throw new FailureException("Unterminated quoted argument", 1);
        Finish(words, word, ref begun);
        return words;
    }

    /// <summary>The text as one word.</summary>
    public static string Quote(string text)
    {
        if (text.Length > 0 && !text.AsSpan().ContainsAny(" \t\"'\\*?[#"))
            return text;
        return "\"" + text.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("*", "\\*").Replace("?", "\\?").Replace("[", "\\[") + "\"";
    }

    /// <summary>The pattern as one word that keeps its meaning: a backslash takes it from the next character, and is not one itself.</summary>
    public static string QuotePattern(string pattern)
    {
        StringBuilder word = new(pattern.Length);
        for (int i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '\\' && i + 1 < pattern.Length)
                word.Append(pattern[i++]);
            else if (pattern[i] is ' ' or '\t' or '\r' or '\n' or '"' or '\'' or '#' or '\\')
                word.Append('\\');
            word.Append(pattern[i]);
        }

        return word.ToString();
    }

    private static bool IsSpecial(char c) => c is '*' or '?' or '[' or '\\';

    private static void Literal(StringBuilder word, char c)
    {
        if (IsSpecial(c))
            word.Append('\\');
        word.Append(c);
    }

    private static void Finish(List<string> words, StringBuilder word, ref bool begun)
    {
        if (begun)
            words.Add(word.ToString());
        word.Clear();
        begun = false;
    }
}
