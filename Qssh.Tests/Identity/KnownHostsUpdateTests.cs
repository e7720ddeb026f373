using System.Text;
using Qssh.Crypto.Signatures;
using Qssh.Identity;

namespace Qssh.Tests.Identity;

public sealed class KnownHostsUpdateTests
{
    private static readonly PublicKey s_old = Key(1), s_new = Key(2);

    private static string Old => $"host {s_old.ToLine()}";

    private static string New => $"host {s_new.ToLine()}";

    [Fact]
    public void Only_lines_of_the_host_change()
    {
        string other = $"# host\nhostess {s_old.ToLine()} c\n\nnonsense\r\n|1|bad|hash| {s_old.ToLine()}\n";
        Assert.Equal(other + "tail\n" + New + "\n", Apply(other + Old + "\r\ntail", [s_new], [s_old]));
        Assert.Equal(other + Old + "\n" + New + "\n", Apply(other + Old + "\n", [s_new], []));
        Assert.Equal(other, Apply(other + Old + "\n" + Old + "\n", [], [s_old]));
        Assert.Equal(New + "\n", Apply("", [s_new], []));
        Assert.Equal(New + "\n", Apply(Old, [s_new], [s_old]));
    }

    [Fact]
    public void Without_news_the_very_same_bytes_come_back()
    {
        byte[] file = Encoding.UTF8.GetBytes(Old + "\n" + New);
        Assert.Same(file, KnownHostsUpdate.Apply(file, "host", [s_new], [], false, out _));
    }

    [Fact]
    public void Hidden_lines_are_found_and_followed_by_hidden_ones()
    {
        string[] lines = Apply($"{HostLabel.Hide("host")} {s_old.ToLine()}\n", [s_new], [s_old])!.Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.True(HostLabel.IsHashed(lines[0]) && HostLabel.Matches(lines[0].Split(' ')[0], "host"));
    }

    [Theory]
    [InlineData("host,other KEY")]
    [InlineData("h* KEY")]
    [InlineData("host,!other KEY")]
    [InlineData("@revoked host KEY")]
    [InlineData("@cert-authority * KEY")]
    [InlineData("@unknown host KEY")]
    public void A_line_for_more_than_the_host_stops_the_change(string line)
    {
        Assert.Null(Apply(Old + "\n" + line.Replace("KEY", s_old.ToLine()) + "\n", [s_new], [s_old]));
    }

    private static string? Apply(string file, PublicKey[] learned, PublicKey[] gone)
    {
        byte[]? changed = KnownHostsUpdate.Apply(Encoding.UTF8.GetBytes(file), "host", learned, gone, false, out string? reason);
        Assert.Equal(changed is null, reason is not null);
        return changed is null ? null : Encoding.UTF8.GetString(changed);
    }

    private static PublicKey Key(byte fill)
    {
        byte[] bytes = new byte[1952];
        bytes.AsSpan().Fill(fill);
        return PublicKey.TryCreate(SignatureScheme.MlDsa65, bytes)!;
    }
}
