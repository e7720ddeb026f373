namespace Qssh.Config;

/// <summary>One line that says something: <c>keyword [=] arguments</c>.</summary>
/// <param name="Source">File name, or "command-line".</param>
/// <param name="Number">Line number from 1; 0 on the command line.</param>
/// <param name="Keyword">As written; compared without case.</param>
/// <param name="Rest">Everything after the keyword as written, for the keywords that take a command.</param>
internal sealed record ConfigLine(string Source, int Number, string Keyword, string Rest)
{
    public const string CommandLine = "command-line";

    public string Place => $"{Source}: line {Number}";

    /// <summary>Splits a line; null for an empty line or a comment.</summary>
    public static ConfigLine? Parse(string source, int number, string text)
    {
        if (text.Contains('\0'))
            throw new ConfigValueException("the line contains a NUL byte.");

        ReadOnlySpan<char> line = text.AsSpan().Trim(ConfigWords.Blank);
        if (line.IsEmpty || line[0] == '#')
            return null;

        int end = line.IndexOfAny(" \t\r\n\f=");
        ReadOnlySpan<char> keyword = end < 0 ? line : line[..end];
        ReadOnlySpan<char> rest = end < 0 ? [] : line[end..].TrimStart(ConfigWords.Blank);
        if (!rest.IsEmpty && rest[0] == '=')
            rest = rest[1..].TrimStart(ConfigWords.Blank);
        if (keyword.IsEmpty)
            throw new ConfigValueException("no keyword before \"=\".");
        return new ConfigLine(source, number, keyword.ToString(), rest.ToString());
    }

    /// <summary>Sets the option; a fault in the value says which keyword it belongs to.</summary>
    public void Set<TOptions>(Keyword<TOptions> keyword, TOptions options)
    {
        try
        {
            keyword.Parse(options, new ConfigArguments(Rest));
        }
        catch (ConfigValueException e) when (!e.Message.Contains(Keyword, StringComparison.OrdinalIgnoreCase))
        {
            throw new ConfigValueException($"{ConfigText.Printable(Keyword)}: {e.Message}");
        }
    }
}
