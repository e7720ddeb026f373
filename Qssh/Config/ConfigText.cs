namespace Qssh.Config;

/// <summary>Words of a file on their way to a terminal or a log.</summary>
internal static class ConfigText
{
    /// <summary>In lower case, no control bytes, not longer than a line.</summary>
    public static string Printable(string word)
    {
        const int Longest = 80;
        string shown = word.Length <= Longest ? word : word[..Longest];
        return string.Create(shown.Length, shown, static (target, source) =>
        {
            for (int i = 0; i < source.Length; i++)
                target[i] = char.IsControl(source[i]) || char.IsSurrogate(source[i]) ? '?' : char.ToLowerInvariant(source[i]);
        });
    }
}
