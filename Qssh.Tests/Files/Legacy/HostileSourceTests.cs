using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Qssh.Files;
using Qssh.Files.Legacy;
using Qssh.Platform;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.Files.Legacy;

/// <summary>The old protocol trusts the source with every name. Ours does not: what was not asked for, or leads elsewhere, ends the copy.</summary>
public sealed class HostileSourceTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private List<string> _said = [];

    public HostileSourceTests()
    {
        Directory.CreateDirectory(_directory["in/target"]);
        Directory.CreateDirectory(_directory["peer"]);
        File.WriteAllText(_directory["in/precious"], "precious");
    }

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_tree_arrives()
    {
        Assert.True(Take("T5 0 6 0\nD0750 0 want\nC0604 3 a\nabc\0D0700 0 sub\nE\nT7 0 8 0\nC0444 0 b\n\0E\n", "x/want", recursive: true), string.Join('\n', _said));
        Assert.Equal("abc", File.ReadAllText(_directory["in/target/want/a"]));
        Assert.Equal(7, ((DateTimeOffset)File.GetLastWriteTimeUtc(_directory["in/target/want/b"])).ToUnixTimeSeconds());
        Assert.Equal(5, ((DateTimeOffset)Directory.GetLastWriteTimeUtc(_directory["in/target/want"])).ToUnixTimeSeconds());
        Assert.Equal("0750 0604 0444", $"{Mode("want")} {Mode("want/a")} {Mode("want/b")}");
    }

    [Theory]
    [InlineData("C0644 1 ../x\nx\0")]
    [InlineData("C0644 1 /etc/x\nx\0")]
    [InlineData("C0644 1 ..\nx\0")]
    [InlineData("C0644 1 .\nx\0")]
    [InlineData("C0644 1 \nx\0")]
    [InlineData("C0644 1 a/b\nx\0")]
    [InlineData("C0644 1 a\u0007b\nx\0")]
    [InlineData("C0644 1 a\u001b[2J\nx\0")]
    [InlineData("C0644 1 a\u009b2J\nx\0")]
    [InlineData("D0755 0 ..\nC0644 1 precious\nx\0E\n")]
    [InlineData("D0755 0 .\nC0644 1 want\nx\0E\n")]
    [InlineData("D0755 0 want\nD0755 0 ..\nD0755 0 ..\nC0644 1 precious\nx\0E\nE\nE\n")]
    public void Names_that_lead_elsewhere_are_refused(string script) => Refused(script, "which is refused", recursive: true, anything: true);

    [Theory]
    [InlineData("want", "C0644 1 other\nx\0")]
    [InlineData("want", "C0644 1 .bashrc\nx\0")]
    [InlineData("w*", "C0644 1 .want\nx\0")]
    [InlineData("{a,b}", "C0644 1 c\nx\0")]
    [InlineData("dir/want", "C0644 1 dir\nx\0")]
    [InlineData("want", "D0755 0 .\n")]
    [InlineData("~$budget.xlsx", "C0644 1 .bashrc\nx\0")]
    [InlineData("~$budget.xlsx", "C0644 1 other\nx\0")]
    [InlineData("~a b", "C0644 1 other\nx\0")]
    [InlineData("~bob*", "C0644 1 other\nx\0")]
    [InlineData("~", "C0644 1 .bashrc\nx\0")]
    [InlineData("~bob/", "D0755 0 .ssh\nE\n")]
    public void What_was_not_asked_for_is_refused(string wanted, string script) => Refused(script, "refused|not what was asked for", wanted, recursive: true);

    [Theory]
    [InlineData("want", "want")]
    [InlineData("a/w?nt", "want")]
    [InlineData("a/{b,want}", "want")]
    [InlineData("a{b,{c,d}e}f", "adef")]
    [InlineData("{x}", "{x}")]
    [InlineData("~", "root")]
    [InlineData("~bob", "other")]
    [InlineData("~$budget.xlsx", "~$budget.xlsx")]
    [InlineData("a\\ b", "a b")]
    public void What_was_asked_for_is_taken(string wanted, string name) => Assert.True(Take($"C0644 1 {name}\nx\0", wanted), string.Join('\n', _said));

    [Theory]
    [InlineData(".")]
    [InlineData("a/..")]
    [InlineData("/")]
    [InlineData("~")]
    public void A_place_goes_into_the_target(string wanted)
    {
        Assert.True(Take("D0755 0 .\nC0644 1 x\nx\0E\n", wanted, recursive: true), string.Join('\n', _said));
        Assert.True(File.Exists(_directory["in/target/x"]));
    }

    [Fact]
    public void One_file_is_one_file() => Refused("C0644 1 want\nx\0C0644 1 want\ny\0", "one more");

    [Fact]
    public void A_directory_needs_r() => Refused("D0755 0 want\nE\n", "without -r");

    [Theory]
    [InlineData("C0644 -1 want\n")]
    [InlineData("C0644 9223372036854775808 want\n")]
    [InlineData("C0644 18446744073709551617 want\n")]
    [InlineData("C0644 0x10 want\n")]
    [InlineData("C0644  want\n")]
    [InlineData("C0644 1\n")]
    [InlineData("C644 1 want\n")]
    [InlineData("C0648 1 want\n")]
    [InlineData("C06444 1 want\n")]
    [InlineData("C-644 1 want\n")]
    [InlineData("T-1 0 0 0\n")]
    [InlineData("T1 0 1\n")]
    [InlineData("T99999999999999999999 0 0 0\n")]
    [InlineData("T1 0 1 0\nT1 0 1 0\n")]
    [InlineData("T1 0 1 0\nE\n")]
    [InlineData("E\n")]
    [InlineData("Ewant\n")]
    [InlineData("D0755 0 want\nE\nE\n")]
    [InlineData("\n")]
    [InlineData("Welcome to the machine\n")]
    public void What_is_no_record_ends_the_copy(string script) => Refused(script, "protocol error", recursive: true);

    [Theory]
    [InlineData("C")]
    [InlineData("\u0001")]
    public void Lines_end(string begin) => Refused(begin + new string('a', 100_000), "too long");

    [Theory]
    [InlineData("D0755 0 want\n")]
    [InlineData("T1 0 1 0\n")]
    [InlineData("C0644 5 want\nabc")]
    [InlineData("C0644 9223372036854775807 want\nabc")]
    [InlineData("C0644 3 want\nabc")]
    public void A_connection_that_ends_early_is_no_success(string script) => Refused(script, "lost connection", recursive: true);

    [Fact]
    public void What_the_source_could_not_read_is_not_whole()
    {
        Assert.False(Take("C0644 3 want\nab\0\u0001scp: x: Input/output error\n", "want"));
        Assert.Contains(_said, line => line == "x: Input/output error");
        Assert.Contains(_said, line => line.Contains("target/want\" is not whole"));
    }

    [Fact]
    public void Messages_are_escaped()
    {
        Assert.False(Take("\u0001scp: \u001b]0;title\u0007\u009b2Jx\rfake\n", "want"));
        Assert.DoesNotContain(_said.Single(), char.IsControl);
    }

    [Fact]
    public void Setuid_is_not_carried_over()
    {
        Assert.True(Take("C6755 0 want\n\0", "want"));
        Assert.Equal("0755", Mode("want"));
    }

    [Fact]
    public void A_full_disk_is_told_and_the_rest_goes_on()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "there is no /dev/full");
        File.CreateSymbolicLink(_directory["in/target/full"], "/dev/full");
        Assert.False(Take("C0644 3 full\nabc\0C0644 3 fine\nabc\0", "f*"));
        Assert.Contains("full\": no space left on device; it is not whole", _said.Single());
        Assert.Equal("abc", File.ReadAllText(_directory["in/target/fine"]));
    }

    [Fact]
    public void Whatever_comes_nothing_outside_the_target_is_touched()
    {
        string[] pieces = ["C0644 1 ", "D0755 0 ", "E\n", "T1 0 1 0\n", "\0", "\u0001m\n", "x\0", "..", "/", "precious", "want", "\n", "../precious\n", "C", "9999999999", " "];
        Prop.ForAll(Gen.Elements(pieces).ArrayOf(12).ToArbitrary(), script =>
        {
            Take(string.Concat(script), "*", recursive: true);
            Assert.Equal("precious", File.ReadAllText(_directory["in/precious"]));
            Assert.Equal(2, Directory.GetFileSystemEntries(_directory["in"]).Length);
        }).Check(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    private void Refused(string script, string reason, string wanted = "want", bool recursive = false, bool anything = false)
    {
        Assert.False(Take(script, anything ? "*" : wanted, recursive));
        Assert.Contains(_said, line => reason.Split('|').Any(line.Contains));
        Assert.DoesNotContain(_said, line => line.Any(char.IsControl));
        Assert.Equal("precious", File.ReadAllText(_directory["in/precious"]));
        Assert.Equal(2, Directory.GetFileSystemEntries(_directory["in"]).Length);
        Assert.DoesNotContain("other", Directory.GetFileSystemEntries(_directory["in/target"]).Select(Path.GetFileName));
    }

    /// <returns>Whether everything went well.</returns>
    private bool Take(string script, string wanted, bool recursive = false)
    {
        using ScriptedLegacyPeer peer = new(_directory["peer"], Encoding.UTF8.GetBytes(script));
        _said = peer.Said;
        TransferOptions options = new() { Recursive = recursive, Preserve = true };
        try
        {
            new LegacySink(peer.Peer, options).Run(_directory["in/target"], false, new LegacyRequest(wanted, anyName: false));
            return peer.Report.Failures == 0;
        }
        catch (LegacyEndException)
        {
            Assert.NotEqual(0, peer.Report.Failures);
            return false;
        }
    }

    private string Mode(string name)
    {
        LocalFiles.Status(_directory["in/target/" + name], out FileStatus status);
        return "0" + Convert.ToString((int)status.Mode, 8);
    }
}
