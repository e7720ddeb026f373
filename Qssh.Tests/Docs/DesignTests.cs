using Qssh.Tests.Support;

namespace Qssh.Tests.Docs;

/// <summary>The map in docs/design.md is the one of the tree.</summary>
public sealed class DesignTests
{
    [Fact]
    public void The_map_names_every_folder_and_no_other()
    {
        string[] map = [.. Markdown.Code(Markdown.Section("docs/design.md", "## Folders"))];
        string[] named = [.. map.SkipWhile(line => line != "Qssh/").Skip(1).TakeWhile(line => line.StartsWith("  ", StringComparison.Ordinal))
            .Select(line => line.Trim().Split(' ')[0]).Where(name => name.EndsWith('/')).Select(name => name.TrimEnd('/'))];
        string[] folders = [.. Directory.GetDirectories(Path.Combine(Repository.Root, "Qssh")).Select(path => Path.GetFileName(path)!).Where(name => name is not ("bin" or "obj"))];
        Assert.Equal(folders.Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
        string[] projects = [.. map.Where(line => line.StartsWith("Qssh", StringComparison.Ordinal)).Select(line => line.Split('/')[0])];
        Assert.Equal(
            Directory.GetFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories).Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal),
            projects.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("CONTRIBUTING.md")]
    [InlineData("SECURITY.md")]
    [InlineData("docs/design.md")]
    [InlineData("docs/threats.md")]
    [InlineData("docs/roadmap.md")]
    public void Files_that_a_page_names_exist(string page)
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, page));
        foreach (System.Text.RegularExpressions.Match match in System.Text.RegularExpressions.Regex.Matches(text, "`((?:docs|scripts|deploy|Qssh[.A-Za-z]*)/[A-Za-z0-9_./-]*)`"))
            Assert.True(Path.Exists(Path.Combine(Repository.Root, match.Groups[1].Value)), match.Value);
    }
}
