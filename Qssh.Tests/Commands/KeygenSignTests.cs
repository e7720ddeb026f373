using System.Text;
using Qssh.Identity;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.Commands;

/// <summary><c>qssh keygen -Y</c> as a process: messages, streams and exit status, which are those of OpenSSH.</summary>
public sealed class KeygenSignTests : IDisposable
{
    private readonly TempDirectory _home = new();
    private readonly PublicKey _key;

    public KeygenSignTests()
    {
        Assert.Equal(0, Run(null, "-q", "-t", "mldsa44", "-N", "", "-C", "c", "-f", _home["id"]).ExitCode);
        _key = PublicKeyLine.Parse(File.ReadAllText(_home["id.pub"])).Key!;
        _home.Write("allowed", $"me@x,you@x namespaces=\"file,git\" {_key.ToLine()}\n");
        _home.Write("data", "content\n");
    }

    private string Good => $"MLDSA44 key {_key.Fingerprint}\n";

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData("id")]
    [InlineData("id.pub")]
    public void FilesAreSignedAndVerified(string key)
    {
        ProgramRun sign = Run(null, "-Y", "sign", "-f", _home[key], "-n", "file", _home["data"]);
        Assert.Equal((0, "", $"Signing file {_home["data"]}\nWrite signature to {_home["data.sig"]}\n"), (sign.ExitCode, sign.Text, sign.Errors));
        Is(0, "Good \"file\" signature for me@x with " + Good, "", Verify());
        Is(0, "Good \"file\" signature with " + Good, "", Check("file"));
        Is(0, $"Good \"file\" signature with {Good}{_key.ToLine()}\n", "", Check("file", "-O", "print-pubkey"));
        Is(0, "", "", Verify("-q"));
        Is(0, "me@x\nyou@x\n", "", Find());
        Is(0, "me@x,you@x\n", "", Run(null, "-Y", "match-principals", "-f", _home["allowed"], "-I", "you@x"));
    }

    [Fact]
    public void StandardInputIsSignedToStandardOutput()
    {
        foreach (string[] operands in new[] { new string[0], ["-"] })
        {
            ProgramRun sign = Run("content\n", ["-Y", "sign", "-f", _home["id"], "-n", "file", "-O", "hashalg=sha256", .. operands]);
            Assert.Equal((0, "Signing data on standard input\n"), (sign.ExitCode, sign.Errors));
            Assert.StartsWith("-----BEGIN SSH SIGNATURE-----\n", sign.Text, StringComparison.Ordinal);
            _home.Write("data.sig", sign.Text);
            Is(0, "Good \"file\" signature for me@x with " + Good, "", Verify());
        }
    }

    [Fact]
    public void SeveralFilesAreSigned()
    {
        _home.Write("more", "");
        Assert.Equal(0, Run(null, "-q", "-Y", "sign", "-f", _home["id"], "-n", "file", _home["data"], _home["more"]).ExitCode);
        Assert.True(File.Exists(_home["data.sig"]) && File.Exists(_home["more.sig"]));
        ProgramRun mix = Run(null, "-Y", "sign", "-f", _home["id"], "-n", "file", "-", _home["data"]);
        Assert.Equal((255, ""), (mix.ExitCode, mix.Text));
        Assert.EndsWith(": Cannot sign mix of paths and standard input\n", mix.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("n\n", false)]
    [InlineData("", false)]
    [InlineData("y\n", true)]
    public void AnOldSignatureIsKeptUnlessAsked(string answer, bool replaced)
    {
        _home.Write("data.sig", "old");
        ProgramRun run = Run(answer, "-q", "-Y", "sign", "-f", _home["id"], "-n", "file", _home["data"]);
        Assert.Equal(replaced ? 0 : 1, run.ExitCode);
        Assert.Equal(replaced, File.ReadAllText(_home["data.sig"]) != "old");
    }

    [Fact]
    public void BadSignaturesAreToldOnStandardOutput()
    {
        Sign();
        const string Bad = "Could not verify signature.\n";
        Is(255, Bad, "Signature verification failed: incorrect signature\n", Run("other", "-Y", "check-novalidate", "-n", "file", "-s", _home["data.sig"]));
        Is(255, Bad, "Couldn't verify signature: namespace does not match\n", Check("git"));
        Is(255, Bad, "", Run("content\n", "-Y", "verify", "-n", "file", "-f", _home["allowed"], "-I", "he@x", "-s", _home["data.sig"]));
        Is(255, Bad, "Couldn't read signature file: No such file or directory\n", Run("", "-Y", "check-novalidate", "-n", "file", "-s", _home["none"]));
        Is(255, Bad, "Couldn't parse signature: missing header\n", Run("", "-Y", "check-novalidate", "-n", "file", "-s", _home["data"]));
        Is(255, "", "No principal matched.\n", Run(null, "-Y", "match-principals", "-f", _home["allowed"], "-I", "he@x"));
        Is(255, "", $"Unable to open allowed keys file \"{_home["none"]}\": No such file or directory\nNo principal matched.\n",
            Run(null, "-Y", "match-principals", "-f", _home["none"], "-I", "he@x"));
        Is(255, "", "Couldn't read signature file: No such file or directory\nNo principal matched.\n",
            Run(null, "-Y", "find-principals", "-f", _home["allowed"], "-s", _home["none"]));
    }

    [Fact]
    public void TimesAreThoseOfTheLine()
    {
        Sign();
        _home.Write("allowed", $"me@x valid-after=\"20250101\",valid-before=\"20250201\" {_key.ToLine()}\n");
        Assert.Contains(":1: key has expired: verify time ", Verify().Errors, StringComparison.Ordinal);
        Is(255, "Could not verify signature.\n",
            $"{_home["allowed"]}:1: key is not yet valid: verify time 2024-12-31T23:59:59 < valid-after 2025-01-01T00:00:00\n", Verify("-Overify-time=20241231235959"));
        Is(0, "Good \"file\" signature for me@x with " + Good, "", Verify("-Overify-time=20250115"));
        Is(0, "me@x\n", "", Find("-Overify-time=20250101000000"));
        Assert.Equal(255, Find().ExitCode);
        Assert.Contains("Invalid \"verify-time\" option", Verify("-Overify-time=x").Errors, StringComparison.Ordinal);
        Assert.Contains("Invalid option \"what\"", Verify("-Owhat").Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void RevokedKeysAreRefused()
    {
        Sign();
        _home.Write("other", TestKeys(9) + "\n");
        Assert.Equal(0, Verify("-r", _home["other"]).ExitCode);
        Is(255, "Could not verify signature.\n", $"{_home["id.pub"]}:1: key {_key.Fingerprint} is revoked\n", Verify("-r", _home["id.pub"]));
        Assert.Equal(255, Verify("-r", _home["none"]).ExitCode);
        Assert.Contains("KRL", Verify("-r", _home.Write("krl", "SSHKRL\n\0")).Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("missing namespace", "sign", "-f", "x")]
    [InlineData("missing key", "sign", "-n", "git")]
    [InlineData("missing signature file", "verify", "-n", "git", "-f", "x", "-I", "y")]
    [InlineData("missing allowed keys file", "verify", "-n", "git", "-s", "x", "-I", "y")]
    [InlineData("missing principal identity", "verify", "-n", "git", "-s", "x", "-f", "y")]
    [InlineData("missing namespace", "check-novalidate", "-s", "x")]
    [InlineData("missing signature file", "find-principals", "-f", "x")]
    [InlineData("missing principal ID", "match-principals", "-f", "x")]
    [InlineData("Unsupported operation for -Y: \"signs\"", "signs")]
    [InlineData("unexpected operand 'a'", "verify", "a")]
    public void WhatIsMissingIsNamed(string reason, params string[] words)
    {
        ProgramRun run = Run(null, ["-Y", .. words]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(reason, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void OtherUsesTakeNoneOfItsOptions()
    {
        foreach (string[] words in new[] { new[] { "-n", "git" }, ["-O", "x"], ["file"], ["-l", "file"] })
            Assert.Equal(1, Run(null, words).ExitCode);
    }

    [Fact]
    public void WhereAnAgentWouldBeNeededThatIsSaid()
    {
        Assert.Contains("no key agent", Fails("-U", "-f", _home["id.pub"]), StringComparison.Ordinal);
        Assert.Contains("no key agent", Fails("-f", _home.Write("alone.pub", TestKeys(3))), StringComparison.Ordinal);
        Assert.Contains("no key agent", Fails("-f", _home.Write("literal", TestKeys(3))), StringComparison.Ordinal);
        File.Copy(_home["id"], _home["wrong"]);
        File.SetUnixFileMode(_home["wrong"], UnixFileMode.UserRead);
        Assert.Contains("doesn't match private", Fails("-f", _home.Write("wrong.pub", TestKeys(3))), StringComparison.Ordinal);
        Assert.Contains("No such file", Fails("-f", _home["none"]), StringComparison.Ordinal);
        Assert.Contains("Shor", Fails("-f", _home.Write("old.pub", "ssh-ed25519 AAAA\n")), StringComparison.Ordinal);
        Assert.Contains("namespace", Fails("-f", _home["id"], "-n", "a\nb"), StringComparison.Ordinal);
        Assert.Contains("hashalg", Fails("-f", _home["id"], "-O", "hashalg=md5"), StringComparison.Ordinal);
        Assert.False(File.Exists(_home["data.sig"]));
    }

    [Fact]
    public void ProtectedKeysAskAndNeverTakeTheContentForThePassphrase()
    {
        Assert.Equal(0, Run(null, "-q", "-p", "-f", _home["id"], "-P", "", "-N", "secret", "-a", "1").ExitCode);
        Assert.Contains("protected by a passphrase", Fails("-f", _home["id"]), StringComparison.Ordinal);
        Assert.Contains("incorrect passphrase", Fails("-f", _home["id.pub"], "-P", "other"), StringComparison.Ordinal);
        ProgramRun nobody = Run("secret\n", "-Y", "sign", "-f", _home["id"], "-n", "file");
        Assert.Equal((255, ""), (nobody.ExitCode, nobody.Text));
        Assert.Equal(0, Run(null, "-q", "-Y", "sign", "-f", _home["id.pub"], "-n", "file", "-P", "secret", _home["data"]).ExitCode);
        Assert.Equal(0, Verify().ExitCode);
    }

    private static string TestKeys(byte fill) => Qssh.Tests.Identity.TestKeys.Public(fill).ToLine();

    private static void Is(int status, string output, string errors, ProgramRun run) => Assert.Equal((status, output, errors), (run.ExitCode, run.Text, run.Errors));

    private string Fails(params string[] words)
    {
        ProgramRun run = Run(null, ["-Y", "sign", "-n", "file", .. words, _home["data"]]);
        Assert.NotEqual(0, run.ExitCode);
        return run.Errors;
    }

    private void Sign() => Assert.Equal(0, Run(null, "-q", "-Y", "sign", "-f", _home["id"], "-n", "file", _home["data"]).ExitCode);

    private ProgramRun Verify(params string[] more) =>
        Run("content\n", ["-Y", "verify", "-n", "file", "-f", _home["allowed"], "-I", "me@x", "-s", _home["data.sig"], .. more]);

    private ProgramRun Check(string space, params string[] more) => Run("content\n", ["-Y", "check-novalidate", "-n", space, "-s", _home["data.sig"], .. more]);

    private ProgramRun Find(params string[] more) => Run(null, ["-Y", "find-principals", "-f", _home["allowed"], "-s", _home["data.sig"], .. more, ""]);

    /// <summary>In a session of its own, so that nothing is asked on the terminal of who runs the tests.</summary>
    private ProgramRun Run(string? input, params string[] words) => ProgramRun.Of(
        "setsid", ["-w", Path.Combine(AppContext.BaseDirectory, "qssh"), "keygen", .. words],
        Encoding.UTF8.GetBytes(input ?? ""), start =>
        {
            start.Environment["HOME"] = _home.Path;
            start.Environment.Remove("SSH_ASKPASS");
        });
}
