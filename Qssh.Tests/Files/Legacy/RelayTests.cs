using System.Text;
using Qssh.Files;
using Qssh.Files.Legacy;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.Files.Legacy;

/// <summary>From one host to another through here: the second one hears only what may come.</summary>
public sealed class RelayTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private List<string> _said = [];
    private string _first = "", _second = "";

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_tree_is_handed_on()
    {
        const string Tree = "T1 0 2 0\nD0755 0 want\nC0644 3 a\nabc\0E\n";
        Assert.True(Relay(Tree, "\0\0\0\0\0\0", "want"));
        Assert.Equal(Tree, _second);
        Assert.Equal("\0\0\0\0\0\0", _first);
    }

    [Theory]
    [InlineData("C0644 1 ../x\nx\0")]
    [InlineData("C0644 1 other\nx\0")]
    [InlineData("C0644 1 want\u001b\nx\0")]
    [InlineData("C0644 -1 want\nx\0")]
    [InlineData("E\n")]
    public void What_may_not_come_is_not_handed_on(string script)
    {
        Assert.False(Relay(script, "\0\0\0\0", "want"));
        Assert.Equal("", _second);
        Assert.StartsWith("\0\u0002scp: ", _first);
    }

    [Fact]
    public void What_the_target_refuses_is_not_sent()
    {
        Assert.False(Relay("D0755 0 want\nC0644 1 want\nx\0", "\0\u0001no\n\0\0", "w*"));
        Assert.Equal(["no"], _said);
        Assert.Equal("\0\u0001scp: not copied\n\0\0", _first);
    }

    [Theory]
    [InlineData("C0644 5 want\nabc", "\0\0")]
    [InlineData("C0644 3 want\nabc\0", "\0\0")]
    [InlineData("C0644 3 want\nabc\u0001scp: bad disk\n", "\0\0\0")]
    [InlineData("D0755 0 want\n", "\0\0")]
    public void What_is_not_whole_is_no_success(string from, string to) => Assert.False(Relay(from, to, "want"));

    private bool Relay(string from, string to, string wanted)
    {
        Directory.CreateDirectory(_directory["from"]);
        Directory.CreateDirectory(_directory["to"]);
        using ScriptedLegacyPeer source = new(_directory["from"], Encoding.Latin1.GetBytes(from)), target = new(_directory["to"], Encoding.Latin1.GetBytes(to));
        _said = source.Said;
        try
        {
            new LegacyRelay(source.Peer, target.Peer, new TransferOptions { Recursive = true }, null).Run(new LegacyRequest(wanted, anyName: false));
        }
        catch (LegacyEndException)
        {
            Assert.NotEqual(0, source.Report.Failures + target.Report.Failures);
        }

        (_first, _second) = (Encoding.Latin1.GetString(source.Heard), Encoding.Latin1.GetString(target.Heard));
        source.Said.AddRange(target.Said);
        return source.Report.Failures + target.Report.Failures == 0;
    }
}
