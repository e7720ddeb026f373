using System.Text;

namespace Qssh.Commands.Framework;

/// <summary>User input quoted in a message: control characters must not reach the terminal as such.</summary>
internal static class Printable
{
    private const int Longest = 200;

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
