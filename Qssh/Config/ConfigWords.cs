using System.Text;

namespace Qssh.Config;

/// <summary>
/// Splits the arguments of a line: blanks separate, both kinds of quotes group, a backslash keeps a quote, a backslash or
/// (outside quotes) a space, and <c>#</c> at the start of a word begins a comment.
/// </summary>
internal static class ConfigWords
{
    public const string Blank = " \t\r\n\f";

    public static List<string> Split(string text)
    {
        List<string> words = [];
        int position = 0;
        while (true)
        {
            while (position < text.Length && Blank.Contains(text[position]))
                position++;
            if (position == text.Length || text[position] == '#')
                return words;
            words.Add(Word(text, ref position));
        }
    }

    /// <summary>A word as <see cref="Split"/>, and a shell as far as its blanks go, reads it back.</summary>
    public static string Quote(string word) => word.Length > 0 && word.AsSpan().IndexOfAny(Blank + "\"'\\#") < 0
        ? word
        : $"\"{word.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";

    private static string Word(string text, ref int position)
    {
        StringBuilder word = new();
        char quote = '\0';
        for (; position < text.Length; position++)
        {
            char c = text[position];
            if (c == '\\' && position + 1 < text.Length && IsEscapable(text[position + 1], quote))
                word.Append(text[++position]);
            else if (quote == '\0' && Blank.Contains(c))
                break;
            else if (quote == '\0' && c is ('"' or '\''))
                quote = c;
            else if (c == quote && quote != '\0')
                quote = '\0';
            else
                word.Append(c);
        }

        if (quote != '\0')
            throw new ConfigValueException("invalid quotes.");
        return word.ToString();
    }

    private static bool IsEscapable(char c, char quote) => c is '"' or '\'' or '\\' || (quote == '\0' && c == ' ');
}
