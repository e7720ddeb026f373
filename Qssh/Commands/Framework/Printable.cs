using System.Text;

namespace Qssh.Commands.Framework;

/// <summary>User input quoted in a message: control characters must not reach the terminal as such.</summary>
internal static class Printable
{
    private const int Longest = 200;

    /// <summary>A text of whole lines, with names of files in it: what steers a terminal is shown instead of sent, lines and tabs stay.</summary>
    public static string Lines(string text)
    {
        StringBuilder? escaped = null;
        for (int i = 0; i < text.Length; i++)
        {
            bool steers = char.IsControl(text[i]) && text[i] is not ('\n' or '\t');
            if (steers)
                escaped ??= new StringBuilder(text, 0, i, text.Length + 16);
            if (steers)
                escaped!.Append("\\x").Append(((int)text[i]).ToString("x2"));
            else
                escaped?.Append(text[i]);
        }

        return escaped?.ToString() ?? text;
    }

    public static string Escape(string text)
    {
        StringBuilder escaped = new(text.Length);
        foreach (char c in text.AsSpan(0, Math.Min(text.Length, Longest)))
        {
            if (char.IsControl(c))
                escaped.Append("\\x").Append(((int)c).ToString("x2"));
            else
                escaped.Append(c);
        }

        return text.Length > Longest ? escaped.Append('…').ToString() : escaped.ToString();
    }
}
