using System.Text;

namespace Qssh.Telemetry.Log;

/// <summary>
/// The one way for bytes of a peer, or of a file somebody else wrote, to reach a terminal or a log: printable ASCII passes, printable
/// UTF-8 passes where asked for, everything else becomes an escape. The result has one line and a bounded length.
/// </summary>
internal static class PeerText
{
    public const int DefaultLimit = 256;

    public static string Escape(ReadOnlySpan<byte> bytes, int limit = DefaultLimit) => Escape(Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, 4 * limit)]), limit);

    public static string Escape(string text, int limit = DefaultLimit)
    {
        if (text.Length <= limit && !NeedsEscape(text))
            return text;

        StringBuilder escaped = new();
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (escaped.Length >= limit)
                return escaped.Append("...").ToString();
            if (rune.Value == '\\')
                escaped.Append(@"\\");
            else if (IsPlain(rune))
                escaped.Append(rune.ToString());
            else
                escaped.Append($"\\u{{{rune.Value:x}}}");
        }

        return escaped.ToString();
    }

    private static bool NeedsEscape(string text)
    {
        foreach (char c in text)
        {
            if (c is < ' ' or > '~' or '\\')
                return true;
        }

        return false;
    }

    /// <summary>Letters, marks, digits, punctuation and symbols; no control, no format character (which could turn the direction of text).</summary>
    private static bool IsPlain(Rune rune) => rune.Value == ' ' || (rune.Value != 0xFFFD && Rune.IsLetterOrDigit(rune)) || Rune.IsPunctuation(rune) || Rune.IsSymbol(rune);
}
