using Qssh.Tests.Support;

namespace Qssh.Tests.Docs;

/// <summary>The parts of our pages that tests compare with the code.</summary>
internal static class Markdown
{
    public static string[] Lines(string page) => File.ReadAllLines(Path.Combine(Repository.Root, page));

    /// <summary>The lines between a heading that begins so and the next of the same level.</summary>
    public static string[] Section(string page, string heading)
    {
        string[] lines = [.. Lines(page).SkipWhile(line => !line.StartsWith(heading, StringComparison.Ordinal)).Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))];
        Assert.NotEmpty(lines);
        return lines;
    }

    /// <summary>The cells of a table's row; null: not a row.</summary>
    public static string[]? Cells(string line) =>
        line.StartsWith('|') && line.EndsWith('|') ? [.. line[1..^1].Split('|').Select(cell => cell.Trim())] : null;

    /// <summary>The lines inside the fences of a section.</summary>
    public static IEnumerable<string> Code(IEnumerable<string> lines)
    {
        bool inside = false;
        foreach (string line in lines)
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
                inside = !inside;
            else if (inside)
                yield return line;
        }
    }
}
