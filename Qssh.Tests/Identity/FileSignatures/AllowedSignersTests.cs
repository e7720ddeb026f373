using System.Text;
using Qssh.Errors;
using Qssh.Identity;
using Qssh.Identity.FileSignatures;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.Identity.FileSignatures;

/// <summary>Allowed signers and revoked keys.</summary>
public sealed class AllowedSignersTests : IDisposable
{
    private static readonly PublicKey s_key = TestKeys.Public(5), s_other = TestKeys.Public(6);
    private static readonly DateTimeOffset s_now = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    private readonly TempDirectory _directory = new();
    private readonly List<string> _notes = [];

    private static string Key => s_key.ToLine();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("a@x", true)]
    [InlineData("  a@x", true)]
    [InlineData("*@x", true)]
    [InlineData("b@x,a@x", true)]
    [InlineData("b@x", false)]
    [InlineData("*,!a@x", false)]
    [InlineData("a@x namespaces=\"git\"", true)]
    [InlineData("a@x namespaces=\"f*,g?t\"", true)]
    [InlineData("a@x namespaces=\"file\"", false)]
    [InlineData("a@x namespaces=\"*,!git\"", false)]
    [InlineData("a@x Namespaces=\"git\"", true)]
    [InlineData("a@x valid-after=\"20260504120000Z\"", true)]
    [InlineData("a@x valid-after=\"20260504120001Z\"", false)]
    [InlineData("a@x valid-before=\"20260504120000Z\"", true)]
    [InlineData("a@x valid-before=\"20260504115959Z\"", false)]
    [InlineData("a@x valid-after=\"20260101Z\",valid-before=\"20270101Z\",namespaces=\"git\"", true)]
    [InlineData("a@x cert-authority", false)]
    [InlineData("a@x cert-authority,namespaces=\"git\"", false)]
    [InlineData("a@x\tnamespaces=\"git\"", true)]
    public void OneLineDecides(string start, bool allowed) => Assert.Equal(allowed, Allows($"{start} {Key} comment here\n"));

    [Theory]
    [InlineData("a@x namespaces=\"git\",namespaces=\"git\"", "given twice")]
    [InlineData("a@x valid-after=\"2026\"", "is not YYYYMMDD")]
    [InlineData("a@x valid-after=\"20261301\"", "is not YYYYMMDD")]
    [InlineData("a@x valid-before=\"soon\"", "is not YYYYMMDD")]
    [InlineData("a@x valid-after=\"20260601\",valid-before=\"20260501\"", "not later")]
    [InlineData("a@x namespaces=git", "malformed")]
    [InlineData("a@x namespaces=\"git", "malformed")]
    [InlineData("a@x namespaces", "unknown")]
    [InlineData("a@x touch", "unknown")]
    [InlineData("\"a@x", "principals are malformed")]
    [InlineData("\"\"", "principals are malformed")]
    [InlineData("a\"@x", "principals are malformed")]
    public void MalformedLinesAllowNothingAndAreTold(string start, string reason)
    {
        Assert.False(Allows($"# c\n\n{start} {Key}\n"));
        Assert.Contains(reason, Assert.Single(_notes), StringComparison.Ordinal);
        Assert.StartsWith(_directory["allowed"] + ":3: ", _notes[0], StringComparison.Ordinal);
    }

    [Fact]
    public void PrincipalsMayHaveBlanks()
    {
        AllowedSigners signers = Signers($"\"Jane Doe,a@x\" namespaces=\"git\" {Key}\n");
        Assert.True(signers.Allows(s_key, "Jane Doe", "git", s_now));
        Assert.True(signers.Allows(s_key, "a@x", "git", s_now));
        Assert.False(signers.Allows(s_key, "Jane", "git", s_now));
        Assert.Equal(["Jane Doe", "a@x"], signers.FindPrincipals(s_key, s_now));
    }

    [Fact]
    public void ALaterLineMayAllow()
    {
        Assert.True(Allows($"a@x valid-before=\"20200101\" {Key}\nb@x {Key}\na@x {s_other.ToLine()}\na@x {Key}"));
        Assert.Contains(":1: key has expired", Assert.Single(_notes), StringComparison.Ordinal);
    }

    [Fact]
    public void KeysOfOpenSshAreNoMistake()
    {
        Assert.True(Allows($"a@x ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA==\na@x namespaces=\"git\" ssh-rsa AAAA\na@x {Key}\n"));
        Assert.Empty(_notes);
    }

    [Fact]
    public void LongLinesAreNoLines()
    {
        Assert.False(Allows($"a@x,{new string('b', PublicKeyLine.MaxLength)} {Key}\n"));
        Assert.Contains("too long", Assert.Single(_notes), StringComparison.Ordinal);
    }

    [Fact]
    public void NotesEnd()
    {
        Assert.False(Allows(string.Concat(Enumerable.Repeat("a@x what\n", 500))));
        Assert.Equal(20, _notes.Count);
        Assert.Contains("further lines", _notes[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void PrincipalsAreOfTheFirstLineThatCounts()
    {
        AllowedSigners signers = Signers($"old valid-before=\"20200101\" {Key}\n!c {Key}\na,!c,*@x {Key}\nz {Key}\n");
        Assert.Equal(["a", "*@x"], signers.FindPrincipals(s_key, s_now));
        Assert.Equal(["old"], signers.FindPrincipals(s_key, s_now.AddYears(-10)));
        Assert.Empty(signers.FindPrincipals(s_other, s_now));
        Assert.Equal(["a,!c,*@x"], signers.MatchPrincipals("q@x"));
        Assert.Empty(signers.MatchPrincipals("c"));
    }

    [Fact]
    public void RevokedKeysAreFoundByLine()
    {
        string file = _directory.Write("revoked", $"# gone\n\nssh-ed25519 AAAA\n{s_other.ToLine("x")}\n{Key}\n");
        Assert.Equal(file + ":5", RevokedKeys.Find(file, s_key));
        Assert.Null(RevokedKeys.Find(file, TestKeys.Public(9)));
        Assert.Null(RevokedKeys.Find(_directory.Write("empty", ""), s_key));
    }

    [Theory]
    [InlineData("mldsa65 AAAA\n", ":1: the key is damaged")]
    [InlineData("hello\n", ":1: the key type is unknown")]
    [InlineData("SSHKRL\n\0\0", "KRL")]
    public void RevocationsThatAreNotUnderstoodFail(string content, string reason)
    {
        string file = _directory.Write("revoked", $"{content}{Key}\n");
        Assert.Contains(reason, Assert.Throws<FailureException>(() => RevokedKeys.Find(file, s_key)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RevocationsBehindABadLineOrNoFileFail()
    {
        string file = _directory.Write("revoked", $"{Key}\nbroken\n");
        Assert.Throws<FailureException>(() => RevokedKeys.Find(file, s_key));
        Assert.Contains("No such file", Assert.Throws<FailureException>(() => RevokedKeys.Find(_directory["none"], s_key)).Message, StringComparison.Ordinal);
        Assert.Throws<FailureException>(() => RevokedKeys.Find(_directory.Write("long", new string('x', PublicKeyLine.MaxLength + 1)), s_key));
    }

    [Fact]
    public void RandomBytesNeverCrash()
    {
        Random random = new(20261120);
        byte[] seed = Encoding.UTF8.GetBytes($"\"a b\",c namespaces=\"x\",valid-after=\"20260101\",cert-authority {Key}\n*@x {Key}\n");
        for (int round = 0; round < 2000; round++)
        {
            byte[] data = [.. seed];
            for (int edit = random.Next(1, 8); edit > 0; edit--)
                data[random.Next(100)] = (byte)random.Next(256);
            foreach (string line in Encoding.UTF8.GetString(data[random.Next(60)..]).Split('\n'))
                Assert.False(AllowedSigner.Parse(line, "f:1") is { Fault: not null, Key: not null });
        }
    }

    private bool Allows(string content) => Signers(content).Allows(s_key, "a@x", "git", s_now);

    private AllowedSigners Signers(string content) => new(_directory.Write("allowed", content), _notes.Add);
}
