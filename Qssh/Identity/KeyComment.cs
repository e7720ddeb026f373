using System.Text;

namespace Qssh.Identity;

/// <summary>The free text beside a key. It is for people only, travels in files of lines, and is shown on terminals.</summary>
internal static class KeyComment
{
    public const int MaxBytes = 1024;

    /// <summary>Without control characters and line breaks, and within the limit: fit for a line, a file and a terminal.</summary>
    public static string Clean(ReadOnlySpan<char> comment)
    {
        StringBuilder clean = new();
        int bytes = 0;
        foreach (Rune rune in comment.Trim(" \t\r\n").EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > MaxBytes)
                break;
            bool hidden = Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) is
                System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.LineSeparator
                or System.Globalization.UnicodeCategory.ParagraphSeparator;
            clean.Append(hidden ? "?" : rune.ToString());
        }

        return clean.ToString().TrimEnd();
    }
}
