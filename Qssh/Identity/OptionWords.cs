using System.Text;

namespace Qssh.Identity;

/// <summary>
/// Splits the options of an authorized_keys line: <c>name[="value"]</c>, separated by commas, ended by the first blank outside of
/// quotes. Inside of quotes <c>\"</c> is a quote and everything else stands for itself.
/// </summary>
internal static class OptionWords
{
    /// <param name="rest">What follows the options.</param>
    /// <returns>Null: an empty name, text after a closing quote or an unclosed quote.</returns>
    public static List<(string Name, string? Value)>? Split(ReadOnlySpan<char> text, out ReadOnlySpan<char> rest)
    {
        List<(string, string?)> options = [];
        rest = text;
        while (true)
        {
            int end = rest.IndexOfAny(",= \t");
            string name = (end < 0 ? rest : rest[..end]).ToString();
            if (name.Length == 0 || name.Contains('"'))
                return null;
            rest = end < 0 ? default : rest[end..];
            string? value = null;
            if (!rest.IsEmpty && rest[0] == '=')
            {
                value = Quoted(rest[1..], out rest);
                if (value is null)
                    return null;
            }

            options.Add((name, value));
            if (rest.IsEmpty || rest[0] != ',')
                return rest.IsEmpty || rest[0] is ' ' or '\t' ? options : null;
            rest = rest[1..];
        }
    }

    private static string? Quoted(ReadOnlySpan<char> text, out ReadOnlySpan<char> rest)
    {
        rest = default;
        if (text.IsEmpty || text[0] != '"')
            return null;
        StringBuilder value = new();
        for (int i = 1; i < text.Length; i++)
        {
            if (text[i] == '"')
            {
                rest = text[(i + 1)..];
                return value.ToString();
            }

            if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] == '"')
                i++;
            value.Append(text[i]);
        }

        return null;
    }
}
