namespace Qssh.Generators.Commands;

/// <summary>Long texts as UTF-8 literals: they live in the executable's read-only data and cost nothing until they are written.</summary>
internal static class Utf8Literal
{
    /// <summary>Emits a property that returns <paramref name="text"/>, which ends with a newline.</summary>
    public static void Property(SourceBuilder source, string modifiers, string name, string text)
    {
        string quotes = new('"', System.Math.Max(3, LongestQuoteRun(text) + 1));
        source.Line($"{modifiers} global::System.ReadOnlySpan<byte> {name} =>");
        using (source.Indent())
        {
            source.Line(quotes);
            foreach (string line in text.Split('\n'))
                source.Line(line);

            source.Line(quotes + "u8;");
        }
    }

    private static int LongestQuoteRun(string text)
    {
        int longest = 0;
        int run = 0;
        foreach (char c in text)
        {
            run = c == '"' ? run + 1 : 0;
            longest = System.Math.Max(longest, run);
        }

        return longest;
    }
}
