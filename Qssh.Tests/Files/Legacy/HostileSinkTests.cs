using System.Text;
using Qssh.Files;
using Qssh.Files.Legacy;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.Files.Legacy;

/// <summary>A sink that refuses, lies or stops: what was not taken counts as failed.</summary>
public sealed class HostileSinkTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private List<string> _said = [];
    private byte[] _heard = [];

    public HostileSinkTests()
    {
        Directory.CreateDirectory(_directory["peer"]);
        File.WriteAllText(_directory["file"], "content");
        Directory.CreateDirectory(_directory["tree/sub"]);
        File.WriteAllText(_directory["tree/sub/a"], "a");
        File.CreateSymbolicLink(_directory["tree/sub/up"], _directory["tree"]);
        File.CreateSymbolicLink(_directory["tree/sub/gone"], "nowhere");
        File.WriteAllText(_directory["tree/two\nlines"], "x");
    }

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_file_is_sent()
    {
        Assert.True(Send("\0\0\0", "file"));
        Assert.Equal("C0644 7 file\ncontent\0", Encoding.UTF8.GetString(_heard));
    }

    [Fact]
    public void A_tree_is_sent_but_what_has_no_end_or_no_name()
    {
        Assert.False(Send(new string('\0', 20), "tree"));
        Assert.Equal(3, _said.Count);
        Assert.Contains(_said, line => line.Contains("above it"));
        Assert.Contains(_said, line => line.Contains("gone"));
        Assert.Contains(_said, line => line.Contains("line ends"));
        string heard = Encoding.UTF8.GetString(_heard);
        Assert.StartsWith("D0755 0 tree\nD0755 0 sub\nC0644 1 a\na\0\u0001scp: ", heard);
        Assert.EndsWith("E\n", heard);
        Assert.DoesNotContain("two\nlines", heard);
    }

    [Theory]
    [InlineData("", "lost connection")]
    [InlineData("\0", "lost connection")]
    [InlineData("\0\0", "lost connection")]
    [InlineData("\0\u0001scp: no\n", "no")]
    [InlineData("\0\0\u0001scp: disk \u001b[1mfull\n", "disk \\u{1b}[1mfull")]
    [InlineData("\u0002scp: fatal\n", "fatal")]
    [InlineData("Welcome!\n", "protocol error")]
    [InlineData("\0\u0001no end of line", "protocol error")]
    public void What_is_not_taken_counts_as_failed(string script, string reason)
    {
        Assert.False(Send(script, "file"));
        Assert.Contains(_said, line => line.Contains(reason));
        Assert.DoesNotContain(_said, line => line.Any(char.IsControl));
    }

    [Fact]
    public void Messages_end()
    {
        Assert.False(Send("\0\u0001" + new string('a', 100_000), "file"));
        Assert.Contains("too long", _said.Single());
    }

    [Fact]
    public void A_file_that_became_shorter_is_padded_and_told()
    {
        // The kernel says 4096 for such a file, and gives less.
        const string Shorter = "/sys/kernel/mm/transparent_hugepage/enabled";
        Assert.SkipUnless(File.Exists(Shorter), $"there is no {Shorter}");
        Assert.False(Send("\0\0\0", Shorter, absolute: true));
        Assert.Contains("became shorter", _said.Single());
        string heard = Encoding.UTF8.GetString(_heard);
        int data = heard.IndexOf('\n') + 1;
        Assert.Equal('\u0001', heard[data + 4096]);
    }

    private bool Send(string script, string path, bool absolute = false)
    {
        using ScriptedLegacyPeer peer = new(_directory["peer"], Encoding.UTF8.GetBytes(script));
        _said = peer.Said;
        try
        {
            if (peer.Peer.ReadReply())
                new LegacySource(peer.Peer, new TransferOptions { Recursive = true }).Send(absolute ? path : _directory[path]);
        }
        catch (LegacyEndException)
        {
            Assert.NotEqual(0, peer.Report.Failures);
        }

        _heard = peer.Heard;
        return peer.Report.Failures == 0;
    }
}
