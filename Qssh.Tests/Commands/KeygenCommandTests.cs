using System.Diagnostics;
using Qssh.Identity;
using Qssh.Tests.Identity;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.Commands;

/// <summary>The command as a process of its own: its answers, files and exit status.</summary>
public sealed class KeygenCommandTests : IDisposable
{
    private readonly TempDirectory _home = new();
    private string? _askPass;

    public void Dispose() => _home.Dispose();

    [Fact]
    public void MakesTheDefaultKeyInTheHome()
    {
        Result result = Run("\n\n\n", "keygen", "-C", "me@here");
        Assert.Equal(0, result.Status);
        string path = _home[".qssh/id_falcon512"];
        using PrivateKey key = PrivateKeyFile.Load(path);
        Assert.Equal("me@here", key.Comment);
        Assert.Equal((UnixFileMode)0x180, File.GetUnixFileMode(path));
        Assert.Equal((UnixFileMode)0x1C0, File.GetUnixFileMode(_home[".qssh"]));
        Assert.Equal(key.Public.ToLine("me@here") + "\n", File.ReadAllText(path + ".pub"));
        Assert.Contains($"Your identification has been saved in {path}\nYour public key has been saved in {path}.pub\n", result.Output, StringComparison.Ordinal);
        Assert.Contains($"The key fingerprint is:\n{key.Public.Fingerprint} me@here\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("Created directory", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mldsa44", "128")]
    [InlineData("mldsa65", "192")]
    [InlineData("falcon512", "128")]
    [InlineData("falcon1024", "256")]
    [InlineData("slhdsa-shake-128f", "128")]
    [InlineData("mldsa87", "256")]
    public void EveryTypeIsMadeAndShown(string type, string bits)
    {
        Assert.Equal("", Make("id", "-t", type).Output);
        PublicKeyLine line = PublicKeyLine.Parse(File.ReadAllText(_home["id.pub"]));
        string expected = $"{bits} {line.Key!.Fingerprint} c ({type.ToUpperInvariant()})\n";
        foreach (string file in new[] { "id", "id.pub" })
            Assert.Equal(expected, Run("", "keygen", "-l", "-f", _home[file]).Output);
        Assert.Equal(File.ReadAllText(_home["id.pub"]), Run("", "keygen", "-y", "-f", _home["id"]).Output);
    }

    [Fact]
    public void ListsKnownHostsAndAuthorizedKeys()
    {
        PublicKey one = TestKeys.Public(1), two = TestKeys.Public(2);
        string file = _home.Write("keys", $"# c\nhost,[x]:22 {one.ToLine()}\n@revoked * {two.ToLine()}\nno-pty,command=\"a b\" {two.ToLine("me")}\n");
        Assert.Equal(
            $"192 {one.Fingerprint} host,[x]:22 (MLDSA65)\n192 {two.Fingerprint} * (MLDSA65)\n192 {two.Fingerprint} me (MLDSA65)\n",
            Run("", "keygen", "-lf", file).Output);
        Fails("is not a key file", "", "keygen", "-lf", _home.Write("none", "hello\n"));
    }

    [Theory]
    [InlineData("n\n", 1, true)]
    [InlineData("", 1, true)]
    [InlineData("\n", 1, true)]
    [InlineData("y\n", 0, false)]
    [InlineData("yes\n", 0, false)]
    public void OverwritingIsAsked(string answer, int status, bool kept)
    {
        Make("id");
        byte[] before = File.ReadAllBytes(_home["id"]);
        Result result = Run(answer, "keygen", "-N", "", "-f", _home["id"]);
        Assert.Equal(status, result.Status);
        Assert.Contains($"{_home["id"]} already exists.\nOverwrite (y/n)? ", result.Output, StringComparison.Ordinal);
        Assert.Equal(kept, before.AsSpan().SequenceEqual(File.ReadAllBytes(_home["id"])));
    }

    [Theory]
    [InlineData("rsa", "Shor")]
    [InlineData("ed25519", "Shor")]
    [InlineData("ecdsa", "Shor")]
    [InlineData("dsa", "Shor")]
    [InlineData("nosuch", "unknown key type")]
    public void OtherTypesSayWhy(string type, string reason) => Fails(reason, "", "keygen", "-t", type, "-N", "", "-f", _home["id"]);

    [Fact]
    public void APassphraseIsNeededFromThenOn()
    {
        Assert.Equal(0, Run("", "keygen", "-q", "-a", "1", "-N", "secret", "-C", "me@here", "-f", _home["id"]).Status);
        string line = File.ReadAllText(_home["id.pub"]);
        Assert.Contains("me@here (FALCON512)", Run("", "keygen", "-lf", _home["id"]).Output, StringComparison.Ordinal);
        Assert.Equal(line, Run("", "keygen", "-y", "-f", _home["id"]).Output);
        Assert.Equal(line, Run("", "keygen", "-y", "-P", "secret", "-f", _home["id"]).Output);
        Fails("incorrect passphrase", "", "keygen", "-y", "-P", "", "-f", _home["id"]);
        Fails("incorrect passphrase", "", "keygen", "-p", "-P", "wrong", "-N", "", "-f", _home["id"]);
    }

    [Fact]
    public void PassphrasesAreAskedForTwiceAndComparedWhenMade()
    {
        Fails("do not match", "secret\nother\n", "keygen", "-f", _home["id"]);
        Fails("cancelled", "", "keygen", "-f", _home["id"]);
        Fails("cancelled", "", "keygen");
        Assert.False(File.Exists(_home["id"]));
        Assert.Equal(0, Run("secret\nsecret\n", "keygen", "-a", "1", "-f", _home["id"]).Status);
        using StoredKey stored = PrivateKeyFile.Read(_home["id"]);
        Assert.True(stored.IsProtected);
        Assert.Null(stored.TryOpen("other"u8));
        stored.TryOpen("secret"u8)!.Dispose();
    }

    [Fact]
    public void ThePassphraseIsChangedAddedAndTakenAway()
    {
        Make("id");
        string line = File.ReadAllText(_home["id.pub"]);
        Assert.Contains("has been saved with the new passphrase.", Run("one\none\n", "keygen", "-p", "-a", "1", "-f", _home["id"]).Output, StringComparison.Ordinal);
        Assert.Equal(0, Run("one\ntwo\ntwo\n", "keygen", "-p", "-a", "1", "-f", _home["id"]).Status);
        Assert.Equal(line, Run("", "keygen", "-y", "-P", "two", "-f", _home["id"]).Output);
        Fails("do not match", "two\na\nb\n", "keygen", "-p", "-f", _home["id"]);
        Assert.Equal(0, Run("", "keygen", "-p", "-P", "two", "-N", "", "-f", _home["id"]).Status);
        using PrivateKey key = PrivateKeyFile.Load(_home["id"]);
        Assert.Equal(line, key.Public.ToLine("c") + "\n");
        Assert.Equal((UnixFileMode)0x180, File.GetUnixFileMode(_home["id"]));
    }

    [Fact]
    public void TheCommentIsChangedInBothFiles()
    {
        Assert.Equal(0, Run("", "keygen", "-q", "-a", "1", "-N", "secret", "-C", "old", "-f", _home["id"]).Status);
        Assert.Equal("Enter passphrase: Old comment: old\nNew comment: Comment 'new one' applied\n", Run("secret\nnew one\n", "keygen", "-c", "-a", "1", "-f", _home["id"]).Output);
        Assert.EndsWith(" new one\n", File.ReadAllText(_home["id.pub"]), StringComparison.Ordinal);
        Assert.Equal("Old comment: new one\nNo change to comment\n", Run("", "keygen", "-c", "-P", "secret", "-C", "new one", "-f", _home["id"]).Output);
        Fails("-p and -c cannot be used together", "", "keygen", "-p", "-c", "-f", _home["id"]);
    }

    [Fact]
    public void OnlyOneCipherIsThere()
    {
        Fails("unsupported cipher 3des: private key files are sealed with aes256-gcm only", "", "keygen", "-Z", "3des", "-N", "", "-f", _home["id"]);
        Assert.Equal(0, Run("", "keygen", "-q", "-Z", "aes256-gcm", "-N", "", "-f", _home["id"]).Status);
    }

    [Fact]
    public void MissingHostKeysAreMadeBelowThePrefix()
    {
        _home.Write("etc/qssh/host_mldsa65", "kept");
        Assert.Equal("qssh-keygen: generating new host keys: falcon512 slhdsa-shake-128s\n", Run("", "keygen", "-A", "-f", _home.Path).Output);
        Assert.Equal("kept", File.ReadAllText(_home["etc/qssh/host_mldsa65"]));
        foreach (string type in new[] { "falcon512", "slhdsa-shake-128s" })
        {
            using PrivateKey key = PrivateKeyFile.Load(_home["etc/qssh/host_" + type]);
            Assert.Equal(type, key.Public.TypeName);
        }

        Assert.Equal("", Run("", "keygen", "-A", "-f", _home.Path).Output);
    }

    [Fact]
    public void PemComesBackAsTheSameKey()
    {
        Make("id", "-t", "mldsa44");
        string line = File.ReadAllText(_home["id.pub"]);
        string publicPem = _home.Write("public.pem", Run("", "keygen", "-e", "-f", _home["id"]).Output);
        Assert.StartsWith("-----BEGIN PUBLIC KEY-----\n", File.ReadAllText(publicPem), StringComparison.Ordinal);
        Assert.Equal(File.ReadAllText(publicPem), Run("", "keygen", "-e", "-m", "PKCS8", "-f", _home["id.pub"]).Output);
        Assert.Equal(line, Run("", "keygen", "-i", "-C", "c", "-f", publicPem).Output);
        string privatePem = _home.Write("private.pem", Run("", "keygen", "-e", "-m", "private", "-f", _home["id"]).Output);
        string copy = _home.Write("copy", Run("", "keygen", "-i", "-C", "c", "-a", "1", "-N", "secret", "-f", privatePem).Output);
        Assert.Equal(line, Run("", "keygen", "-y", "-P", "secret", "-f", copy).Output);
        Assert.Equal(File.ReadAllText(copy), Run("", "keygen", "-i", "-f", copy).Output);
        Assert.Equal(line, Run("", "keygen", "-i", "-f", _home["id.pub"]).Output);
        Fails("is not a key file", "", "keygen", "-l", "-f", privatePem);
        Fails("damaged", "", "keygen", "-i", "-f", _home.Write("cut.pem", File.ReadAllText(privatePem)[..60]));
        Fails("is encrypted", "", "keygen", "-i", "-f", _home.Write("e.pem", "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n"));
        Fails("unknown format", "", "keygen", "-e", "-m", "x", "-f", _home["id"]);
        Assert.Equal("", Make("falcon", "-t", "falcon512").Error);
        Fails("FIPS 206", "", "keygen", "-e", "-f", _home["falcon"]);
    }

    [Fact]
    public void KnownHostsAreFoundRemovedAndHidden()
    {
        string one = TestKeys.Public(1).ToLine(), two = TestKeys.Public(2).ToLine();
        string text = $"# c\n\nalpha,[beta]:22 {one} me\n@revoked alpha {two}\n*.net {two}\ngamma ssh-ed25519 AAAA\n";
        string file = _home.Write(".qssh/known_hosts", text);
        Assert.Equal($"# Host ALPHA found: line 3 \nalpha,[beta]:22 {one} me\n# Host ALPHA found: line 4 REVOKED\n@revoked alpha {two}\n", Run("", "keygen", "-F", "ALPHA").Output);
        Assert.Equal(1, Run("", "keygen", "-F", "nobody").Status);
        Assert.Equal($"# Host x.net found: line 5 \nx.net MLDSA65 {TestKeys.Public(2).Fingerprint}\n", Run("", "keygen", "-l", "-F", "x.net").Output);

        Result removed = Run("", "keygen", "-R", "[beta]:22");
        Assert.Equal((0, $"# Host [beta]:22 found: line 3\n{file} updated.\nOriginal contents retained as {file}.old\n"), (removed.Status, removed.Output));
        Assert.Equal(text.Replace($"alpha,[beta]:22 {one} me\n", ""), File.ReadAllText(file));
        Assert.Equal(text, File.ReadAllText(file + ".old"));
        Result again = Run("", "keygen", "-R", "alpha");
        Assert.Equal((0, $"Host alpha not found in {file}\n"), (again.Status, again.Error));

        File.WriteAllText(file, text);
        Result hidden = Run("", "keygen", "-H");
        Assert.Contains(":5: ignoring host name with wildcard: *.net\n", hidden.Error, StringComparison.Ordinal);
        string[] lines = File.ReadAllLines(file);
        Assert.Equal(7, lines.Length);
        Assert.All(new[] { 2, 3, 6 }, i => Assert.StartsWith("|1|", lines[i], StringComparison.Ordinal));
        Assert.Equal($"@revoked alpha {two}", lines[4]);
        foreach (string host in new[] { "alpha", "[beta]:22", "gamma" })
            Assert.Equal(0, Run("", "keygen", "-F", host).Status);
        Assert.Equal(0, Run("", "keygen", "-H").Status);
        Assert.Equal(lines, File.ReadAllLines(file));

        File.WriteAllText(file, "alpha what\n");
        Fails("is not a valid known_hosts file", "", "keygen", "-R", "alpha");
        Fails("No such file", "", "keygen", "-R", "alpha", "-f", _home["none"]);
    }

    [Fact]
    public void KnownHostsBehindALinkAreChangedThereAndTheLinkStays()
    {
        string one = TestKeys.Public(1).ToLine();
        string real = _home.Write("elsewhere/hosts", $"alpha {one}\nbeta {one}\n"), link = _home["known_link"];
        File.CreateSymbolicLink(link, real);
        Assert.Equal(0, Run("", "keygen", "-R", "alpha", "-f", link).Status);
        Assert.Equal($"beta {one}\n", File.ReadAllText(real));
        Assert.Equal($"alpha {one}\nbeta {one}\n", File.ReadAllText(link + ".old"));
        Assert.Equal(0, Run("", "keygen", "-H", "-f", link).Status);
        Assert.StartsWith("|1|", File.ReadAllText(real), StringComparison.Ordinal);
        Assert.Equal(real, File.ResolveLinkTarget(link, returnFinalTarget: false)!.FullName);
    }

    [Fact]
    public void WhatWouldSteerATerminalIsShownInstead()
    {
        string one = TestKeys.Public(1).ToLine();
        string file = _home.Write("known_\e[31m", $"alpha {one} \u00e9 \e]0;title\a\n");
        Result found = Run("", "keygen", "-F", "alpha", "-f", file);
        Assert.Equal($"# Host alpha found: line 1 \nalpha {one} \u00e9 \\x1b]0;title\\x07\n", found.Output);
        Result missing = Run("", "keygen", "-R", "beta\e", "-f", file);
        Assert.Equal($"Host beta\\x1b not found in {file.Replace("\e", "\\x1b")}\n", missing.Error);
        Fails("none\\x1b[2J: No such file", "", "keygen", "-l", "-f", _home["none\e[2J"]);
    }

    [Fact]
    public void SlowTypesSayWhatTheyCost()
    {
        Result result = Run("", "keygen", "-t", "slhdsa-shake-128s", "-N", "", "-f", _home["id"]);
        Assert.Contains("slhdsa-shake-128s keys are slow to make", result.Output, StringComparison.Ordinal);
        Assert.Matches(@"Strength: 128 bits\. The key took \d+\.\d\d s, each signature takes \d+\.\d\d s and 7856 bytes\.", result.Output);
        Assert.Contains("+----[SHA256]-----+", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void BitsAreIgnoredWithANote() => Assert.Contains("no effect", Run("", "keygen", "-b", "3072", "-N", "", "-f", _home["id"]).Error, StringComparison.Ordinal);

    [Fact]
    public void UnsafeAndMissingFilesAreOneLine()
    {
        Make("id");
        File.SetUnixFileMode(_home["id"], (UnixFileMode)0x1A4);
        Fails("chmod 600", "", "keygen", "-y", "-f", _home["id"]);
        Fails("No such file", "", "keygen", "-l", "-f", _home["nothing"]);
        Fails("no such file", "", "keygen", "-N", "", "-f", _home["no/dir"]);
        Fails("cannot be used together", "", "keygen", "-l", "-y");
    }

    private Result Make(string name, params string[] more) => Run("", ["keygen", "-q", "-N", "", "-C", "c", "-f", _home[name], .. more]);

    /// <summary>At a prompt nobody could ever give all of it.</summary>
    [Fact]
    public void A_passphrase_is_no_longer_than_a_prompt_takes()
    {
        string file = _home["long"];
        Fails("longer than 1024 bytes", "", "keygen", "-q", "-t", "falcon512", "-f", file, "-N", new string('a', 1025));
        Assert.False(File.Exists(file));
        Assert.Equal(0, Run("", "keygen", "-q", "-t", "falcon512", "-a", "1", "-f", file, "-N", new string('a', 1024)).Status);
        Assert.Equal(0, Run(new string('a', 1024) + "\n", "keygen", "-p", "-f", file, "-N", "").Status);
    }

    [Fact]
    public void A_program_that_says_too_much_is_not_waited_for()
    {
        string file = _home["asked"], program = _home["askpass"];
        Assert.Equal(0, Run("", "keygen", "-q", "-t", "falcon512", "-a", "1", "-f", file, "-N", "secret").Status);
        File.WriteAllText(program, "#!/bin/sh\nexec yes\n");
        File.SetUnixFileMode(program, (UnixFileMode)0x1C0);
        _askPass = program;
        Fails("cancelled", "", "keygen", "-p", "-f", file, "-N", "");
    }

    [Fact]
    public void A_key_may_come_through_a_pipe()
    {
        string file = _home["piped"];
        Assert.Equal(0, Run("", "keygen", "-q", "-t", "falcon512", "-f", file, "-N", "", "-C", "me").Status);
        Result result = Run(File.ReadAllText(file), "keygen", "-y", "-f", "/dev/stdin");
        Assert.Equal((0, File.ReadAllText(file + ".pub")), (result.Status, result.Output));
    }

    private void Fails(string reason, string input, params string[] arguments)
    {
        Result result = Run(input, arguments);
        Assert.Equal(1, result.Status);
        Assert.Contains(reason, result.Error, StringComparison.Ordinal);
    }

    /// <summary>In a session of its own, so that nothing is asked on the terminal of who runs the tests.</summary>
    private Result Run(string input, params string[] arguments)
    {
        ProcessStartInfo start = new("setsid", ["-w", Path.Combine(AppContext.BaseDirectory, "qssh"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["HOME"] = _home.Path;
        start.Environment.Remove("SSH_ASKPASS");
        if (_askPass is not null)
            (start.Environment["SSH_ASKPASS"], start.Environment["SSH_ASKPASS_REQUIRE"]) = (_askPass, "force");
        using Process process = Process.Start(start)!;
        try
        {
            process.StandardInput.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading all.
        }

        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Result(process.ExitCode, output, error.Result);
    }

    private sealed record Result(int Status, string Output, string Error);
}
