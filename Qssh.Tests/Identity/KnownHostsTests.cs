using System.Text;
using Qssh.Crypto.Signatures;
using Qssh.Errors;
using Qssh.Identity;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.Identity;

public sealed class KnownHostsTests
{
    private static readonly PublicKey s_a = TestKeys.Public(1), s_b = TestKeys.Public(2), s_other = TestKeys.Public(3, SignatureScheme.MlDsa87);

    private readonly List<string> _notes = [];

    [Theory]
    [InlineData("host", "host", 22222, true)]
    [InlineData("HOST", "host", 22222, true)]
    [InlineData("host", "HoSt", 22222, true)]
    [InlineData("host", "host", 22, false)]
    [InlineData("[host]:22", "host", 22, true)]
    [InlineData("[host]:22", "host", 22222, false)]
    [InlineData("[host]:22222", "host", 22222, false)]
    [InlineData("a,host,b", "host", 22222, true)]
    [InlineData("*.example.com", "www.example.com", 22222, true)]
    [InlineData("*.example.com", "example.com", 22222, false)]
    [InlineData("*.example.com", "badexample.com", 22222, false)]
    [InlineData("*.example.com", "www.example.com.evil", 22222, false)]
    [InlineData("*.example.com", "www.example.com", 22, false)]
    [InlineData("[*.example.com]:22", "www.example.com", 22, true)]
    [InlineData("h?st", "host", 22222, true)]
    [InlineData("h?st", "hoost", 22222, false)]
    [InlineData("*,!host", "host", 22222, false)]
    [InlineData("!host,*", "host", 22222, false)]
    [InlineData("*,!host", "guest", 22222, true)]
    [InlineData("!host", "guest", 22222, false)]
    [InlineData("::1", "::1", 22222, true)]
    [InlineData("[::1]:22", "[::1]", 22, true)]
    [InlineData("192.0.2.*", "192.0.2.7", 22222, true)]
    [InlineData("", "host", 22222, false)]
    public void NamesMatch(string field, string host, int port, bool expected) =>
        Assert.Equal(expected, HostLabel.Matches(field, HostLabel.Of(host, port)));

    [Fact]
    public void HashedNamesMatchOneHostAndPort()
    {
        string line = KnownHosts.FormatLine("Host", 22, s_a, hashed: true);
        Assert.StartsWith("|1|", line, StringComparison.Ordinal);
        Assert.NotEqual(line, KnownHosts.FormatLine("Host", 22, s_a, hashed: true));
        Assert.Equal(HostKeyStatus.Match, Check(line, s_a, "host", 22).Status);
        Assert.Equal(HostKeyStatus.Unknown, Check(line, s_a, "host", 23).Status);
        Assert.Equal(HostKeyStatus.Unknown, Check(line, s_a, "guest", 22).Status);
    }

    /// <summary>Salt and hash as OpenSSH writes them for "example.com".</summary>
    [Fact]
    public void HashedNamesAreOpenSshs()
    {
        byte[] salt = Enumerable.Range(0, 20).Select(i => (byte)i).ToArray();
        byte[] hash = System.Security.Cryptography.HMACSHA1.HashData(salt, "example.com"u8);
        Assert.True(HostLabel.Matches($"|1|{Convert.ToBase64String(salt)}|{Convert.ToBase64String(hash)}", "example.com"));
    }

    [Theory]
    [InlineData("|1|")]
    [InlineData("|1||")]
    [InlineData("|1|AAAA|AAAA")]
    [InlineData("|2|AAECAwQFBgcICQoLDA0ODxAREhM=|AAECAwQFBgcICQoLDA0ODxAREhM=")]
    public void MalformedHashesMatchNothing(string field) => Assert.False(HostLabel.Matches(field, "host"));

    [Fact]
    public void DecisionMatrix()
    {
        string a = "host " + s_a.ToLine(), b = "host " + s_b.ToLine(), other = "host " + s_other.ToLine();
        Assert.Equal(HostKeyStatus.Unknown, Check("", s_a).Status);
        Assert.Equal(HostKeyStatus.Unknown, Check("guest " + s_a.ToLine(), s_a).Status);
        Assert.Equal(HostKeyStatus.Match, Check(a, s_a).Status);
        Assert.Equal(HostKeyStatus.Changed, Check(a, s_b).Status);
        Assert.Equal(HostKeyStatus.Match, Check($"{b}\n{a}", s_a).Status);
        Assert.Equal(HostKeyStatus.Match, Check($"{other}\n{a}", s_a).Status);
        Assert.Equal(HostKeyStatus.Revoked, Check($"@revoked * {s_a.ToLine()}\n{a}", s_a).Status);
        Assert.Equal(HostKeyStatus.Revoked, Check($"{a}\n@revoked host {s_a.ToLine()}", s_a).Status);
        Assert.Equal(HostKeyStatus.Match, Check($"@revoked guest {s_a.ToLine()}\n{a}", s_a).Status);
        Assert.Equal(HostKeyStatus.Match, Check($"@revoked * {s_b.ToLine()}\n{a}", s_a).Status);
        Assert.Equal(HostKeyStatus.Unknown, Check($"@revoked * {s_b.ToLine()}", s_a).Status);
        Assert.Equal(HostKeyStatus.Unknown, Check($"@cert-authority * {s_a.ToLine()}", s_a).Status);
        Assert.Contains(_notes, note => note.Contains("certificates", StringComparison.Ordinal));
    }

    [Fact]
    public void ZeroValueTrustsNothing()
    {
        Assert.Equal(HostKeyStatus.Unknown, default);
        Assert.Equal(KeyDecision.Denied, default);
        Assert.Equal(KeyDecision.Denied, default(KeyAuthorization).Decision);
    }

    [Fact]
    public void ChangedKeyNamesTheOffendingLine()
    {
        HostKeyVerdict verdict = Check($"# comment\n\nhost {s_other.ToLine()}\nhost {s_a.ToLine()}", s_b);
        Assert.Equal(HostKeyStatus.Changed, verdict.Status);
        Assert.Equal("known_hosts:4", verdict.Place);
        Assert.Equal(s_a, verdict.Pinned);
        Assert.Empty(verdict.OtherSchemes);
    }

    [Fact]
    public void OtherSchemeIsChangedButSaysWhatToOffer()
    {
        HostKeyVerdict verdict = Check($"host {s_a.ToLine()}\nhost {s_b.ToLine()}", s_other);
        Assert.Equal(HostKeyStatus.Changed, verdict.Status);
        Assert.Equal([SignatureScheme.MlDsa65], verdict.OtherSchemes);
    }

    [Fact]
    public void RevokedKeyPinsNothing()
    {
        HostKeyVerdict verdict = Check($"host {s_a.ToLine()}\n@revoked * {s_a.ToLine()}", s_b);
        Assert.Equal(HostKeyStatus.Unknown, verdict.Status);
    }

    [Fact]
    public void BadLinesAreSkippedWithTheirPlace()
    {
        string text = $"host\nhost ssh-ed25519 AAAA\n@what host {s_a.ToLine()}\nhost mldsa65 ####\nhost {new string('x', 20_000)}\n{new string('y', 20_000)}\n";
        Assert.Equal(HostKeyStatus.Match, Check(text + "host " + s_b.ToLine(), s_b).Status);
        foreach (int line in new[] { 1, 2, 3, 4, 5, 6 })
            Assert.Contains(_notes, note => note.StartsWith($"known_hosts:{line}: ", StringComparison.Ordinal));
    }

    [Fact]
    public void OverlongLineNeverBecomesTwo()
    {
        // Dropbear 2026.92: what followed the limit was read as a line of its own.
        string text = new string('x', PublicKeyLine.MaxLength) + " host " + s_a.ToLine() + "\n";
        Assert.Equal(HostKeyStatus.Unknown, Check(text, s_a).Status);
    }

    [Fact]
    public void FilesAreReadInOrderAndMissingOnesAreEmpty()
    {
        using TempDirectory directory = new();
        string user = directory.Write("user", "host " + s_a.ToLine());
        string system = directory.Write("system", "host " + s_b.ToLine());
        KnownHostKeys keys = KnownHosts.Find([directory["missing"], user, system], "host", HostLabel.DefaultPort);
        Assert.Equal(2, keys.Entries.Count);
        Assert.Equal($"{user}:1", keys.Check(TestKeys.Public(9)).Place);
        Assert.Equal([SignatureScheme.MlDsa65], keys.PinnedSchemes);
        Assert.Empty(KnownHosts.Find([directory["missing"]], "host", 22).Entries);
    }

    [Fact]
    public void UnreadableFileIsAnError()
    {
        using TempDirectory directory = new();
        Assert.Throws<FailureException>(() => KnownHosts.Find([directory.Path], "host", 22));
    }

    private HostKeyVerdict Check(string text, PublicKey offered, string host = "host", int port = HostLabel.DefaultPort)
    {
        List<KnownHostEntry> entries = [];
        string label = HostLabel.Of(host, port);
        using MemoryStream stream = new(Encoding.UTF8.GetBytes(text));
        KnownHosts.Read(stream, "known_hosts", label, entries, _notes.Add);
        return new KnownHostKeys(label, entries).Check(offered);
    }
}
