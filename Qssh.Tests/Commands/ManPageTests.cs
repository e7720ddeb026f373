using System.Text;
using Qssh.Commands;
using Qssh.Commands.Framework;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.Commands;

/// <summary>docs/man holds what the executable prints. After a change of an option: scripts/man.</summary>
public sealed class ManPageTests
{
    private static string Folder => Path.Combine(Repository.Root, "docs", "man");

    public static TheoryData<string> Pages()
    {
        TheoryData<string> pages = [];
        for (int i = 0; CommandTable.Page(i) is { } page; i++)
            pages.Add(page);
        foreach (string page in ConfigManual.Pages)
            pages.Add(page);

        return pages;
    }

    private static string Print(string page) =>
        ConfigManual.Find(page) ?? Encoding.ASCII.GetString(CommandLookup.Require(page[..page.LastIndexOf('.')]).ManPage);

    [Theory]
    [MemberData(nameof(Pages))]
    public void The_committed_page_is_the_printed_one(string page)
    {
        string path = Path.Combine(Folder, page);
        Assert.True(File.Exists(path), $"{page} is missing: run scripts/man");
        string printed = Print(page);
        Assert.True(printed == File.ReadAllText(path), $"{page} is out of date: run scripts/man");
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void No_line_is_taken_for_a_macro_by_accident(string page)
    {
        string[] known = [".TH", ".SH", ".PP", ".TP", ".nf", ".fi"];
        string[] lines = Print(page).Split('\n');
        Assert.All(lines.Where(l => l.StartsWith('.') || l.StartsWith('\'')), line => Assert.Contains(line.Split(' ')[0], known));
        Assert.Contains(".SH NAME", lines);
        Assert.Contains(page.EndsWith(".5", StringComparison.Ordinal) ? ".SH SYNTAX" : ".SH OPTIONS", lines);
        Assert.All(lines, line => Assert.True(Ascii.IsValid(line), line));
    }

    [Fact]
    public void No_page_is_left_over() =>
        Assert.Equal(Pages().Select(p => p.Data).Order(), Directory.GetFiles(Folder).Select(Path.GetFileName).Order());
}
