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

        return pages;
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void The_committed_page_is_the_printed_one(string page)
    {
        string path = Path.Combine(Folder, page);
        Assert.True(File.Exists(path), $"{page} is missing: run scripts/man");
        string printed = Encoding.ASCII.GetString(CommandLookup.Require(page[..page.LastIndexOf('.')]).ManPage);
        Assert.True(printed == File.ReadAllText(path), $"{page} is out of date: run scripts/man");
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void No_line_is_taken_for_a_macro_by_accident(string page)
    {
        string[] known = [".TH", ".SH", ".PP", ".TP", ".nf", ".fi"];
        string[] lines = Encoding.ASCII.GetString(CommandLookup.Require(page[..page.LastIndexOf('.')]).ManPage).Split('\n');
        Assert.All(lines.Where(l => l.StartsWith('.') || l.StartsWith('\'')), line => Assert.Contains(line.Split(' ')[0], known));
        Assert.Contains(".SH NAME", lines);
        Assert.Contains(".SH OPTIONS", lines);
    }

    [Fact]
    public void No_page_is_left_over() =>
        Assert.Equal(Pages().Select(p => p.Data).Order(), Directory.GetFiles(Folder).Select(Path.GetFileName).Order());
}
