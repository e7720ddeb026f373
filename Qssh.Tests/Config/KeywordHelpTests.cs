using Qssh.Config;
using Xunit;

namespace Qssh.Tests.Config;

/// <summary>Every keyword that is parsed is in the manual, once, and nothing else is.</summary>
public sealed class KeywordHelpTests
{
    [Fact]
    public void Every_keyword_of_the_client_has_help() => Compare(ClientKeywords.Table, ClientKeywordHelp.Groups());

    [Fact]
    public void Every_keyword_of_the_server_has_help() => Compare(ServerKeywords.Table, ServerKeywordHelp.Groups());

    [Theory]
    [InlineData("MaxStartups", "has no effect")]
    [InlineData("PerSourceStartRate", "Default: 200:400.")]
    [InlineData("LogAddresses", "Default: masked.")]
    public void The_manual_of_the_server_tells_decisions_and_defaults(string keyword, string text) =>
        Assert.Contains(text, Item(Qssh.Commands.ConfigManual.Find("qsshd_config")!, keyword));

    [Theory]
    [InlineData("ObscureKeystrokeTiming", "Default: interval:20.")]
    [InlineData("Tier", "Default: T2.")]
    [InlineData("IdentityFile", "Default: \\(ti/.qssh/id_*.")]
    public void The_manual_of_the_client_tells_defaults(string keyword, string text) =>
        Assert.Contains(text, Item(Qssh.Commands.ConfigManual.Find("qssh_config")!, keyword));

    private static string Item(string page, string keyword) =>
        Assert.Single(page.Split(".TP\n"), part => part.StartsWith($"\\fB{keyword}\\fR ", StringComparison.Ordinal)).Split(".SH")[0];

    private static void Compare<TOptions>(KeywordTable<TOptions> table, KeywordGroup[] groups)
    {
        KeywordHelp[] all = [.. groups.SelectMany(group => group.Keywords)];
        Assert.Equal(table.Rows.Select(row => row.Name).Order(), all.Select(help => help.Name.ToLowerInvariant()).Order());
        Assert.All(all, help => Assert.True(help.Text.EndsWith('.') && help.Value.Length > 0, help.Name));
    }
}
