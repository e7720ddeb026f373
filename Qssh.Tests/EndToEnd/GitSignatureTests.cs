using System.Diagnostics;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.EndToEnd;

/// <summary>Real git signs and verifies with the static executable under the name qssh-keygen.</summary>
public sealed class GitSignatureTests : IDisposable
{
    private readonly TempDirectory _home = new();

    public void Dispose() => _home.Dispose();

    [BinaryTheory("git")]
    [InlineData("falcon512", "FALCON512")]
    [InlineData("mldsa65", "MLDSA65")]
    [InlineData("slhdsa-shake-128f", "SLHDSA-SHAKE-128F")]
    [InlineData("falcon512+slhdsa-shake-128s", "FALCON512+SLHDSA-SHAKE-128S")]
    public void Commits_and_tags_are_signed_and_verified(string type, string shown)
    {
        string fingerprint = Prepare(type);
        Commit();
        string good = $"Good \"git\" signature for me@x with {shown} key {fingerprint}";
        Assert.Contains(good, Git(0, "verify-commit", "HEAD").Errors, StringComparison.Ordinal);
        Assert.Contains(good, Git(0, "log", "--show-signature", "-1").Text, StringComparison.Ordinal);
        Assert.Equal($"G me@x {fingerprint}\n", Git(0, "log", "-1", "--format=%G? %GS %GF").Text);
        Git(0, "tag", "-s", "v1", "-m", "first");
        Assert.Contains(good, Git(0, "verify-tag", "v1").Errors, StringComparison.Ordinal);
        Git(0, "merge-base", "--is-ancestor", "v1", "HEAD");
    }

    [BinaryFact("git")]
    public void A_tampered_commit_fails()
    {
        Prepare("falcon512");
        Commit();
        string commit = Git(0, "cat-file", "commit", "HEAD").Text;
        foreach (string changed in new[] { commit.Replace("first", "First"), commit.Replace("committer me", "committer ME") })
        {
            Assert.NotEqual(commit, changed);
            File.WriteAllText(_home["forged"], changed);
            string id = Git(0, "hash-object", "-t", "commit", "-w", _home["forged"]).Text.Trim();
            Assert.Contains("incorrect signature", Git(1, "verify-commit", id).Errors, StringComparison.Ordinal);
            Assert.Equal("B\n", Git(0, "log", "-1", "--format=%G?", id).Text);
        }
    }

    [BinaryFact("git")]
    public void Whom_the_file_does_not_allow_is_unknown()
    {
        string fingerprint = Prepare("falcon512");
        Commit();
        string mine = File.ReadAllText(_home["allowed"]);
        Keygen("-q", "-t", "falcon512", "-N", "", "-C", "", "-f", _home["other"]);

        // Another key under the name.
        File.WriteAllText(_home["allowed"], "me@x " + File.ReadAllText(_home["other.pub"]));
        ProgramRun unknown = Git(1, "verify-commit", "HEAD");
        Assert.Contains($"Good \"git\" signature with FALCON512 key {fingerprint}", unknown.Errors, StringComparison.Ordinal);
        Assert.Contains("No principal matched.", unknown.Errors, StringComparison.Ordinal);
        Assert.Equal("U\n", Git(0, "log", "-1", "--format=%G?").Text);

        // The key is for files.
        File.WriteAllText(_home["allowed"], mine.Replace("me@x ", "me@x namespaces=\"file\" "));
        Assert.Contains("not permitted for use in signature namespace \"git\"", Git(1, "verify-commit", "HEAD").Errors, StringComparison.Ordinal);

        // A pattern names many; git shows it as it stands.
        File.WriteAllText(_home["allowed"], mine.Replace("me@x ", "*@x,!you@x "));
        Assert.Contains("signature for *@x with", Git(0, "verify-commit", "HEAD").Errors, StringComparison.Ordinal);
    }

    [BinaryFact("git")]
    public void A_key_counts_in_its_time_and_until_it_is_revoked()
    {
        Prepare("falcon512");
        Commit("2026-01-15T12:00:00+0000");
        string mine = File.ReadAllText(_home["allowed"]);
        foreach ((string option, int status, string reason) in new[]
        {
            ("valid-after=\"20260101Z\",valid-before=\"20260201Z\"", 0, "Good \"git\" signature for me@x"),
            ("valid-before=\"20260110Z\"", 1, "key has expired"),
            ("valid-after=\"20260201Z\"", 1, "key is not yet valid"),
            ("cert-authority", 1, "cert-authority is not supported"),
        })
        {
            File.WriteAllText(_home["allowed"], mine.Replace("me@x ", $"me@x {option} "));
            Assert.Contains(reason, Git(status, "verify-commit", "HEAD").Errors, StringComparison.Ordinal);
        }

        File.WriteAllText(_home["allowed"], mine);
        Git(0, "config", "gpg.ssh.revocationFile", _home["revoked"]);
        File.WriteAllText(_home["revoked"], "# nobody yet\n");
        Git(0, "verify-commit", "HEAD");
        File.Copy(_home["id.pub"], _home["revoked"], overwrite: true);
        Assert.Contains("is revoked", Git(1, "verify-commit", "HEAD").Errors, StringComparison.Ordinal);
    }

    [BinaryFact("git")]
    public void A_literal_key_needs_an_agent()
    {
        Prepare("falcon512");
        Git(0, "config", "user.signingkey", "key::" + File.ReadAllText(_home["id.pub"]).Trim());
        Assert.Contains("no key agent", Git(128, "commit", "-q", "-S", "--allow-empty", "-m", "x").Errors, StringComparison.Ordinal);
    }

    /// <summary>A repository that signs with a fresh key, and the key's fingerprint.</summary>
    private string Prepare(string type)
    {
        Directory.CreateDirectory(_home["bin"]);
        File.CreateSymbolicLink(_home["bin/qssh-keygen"], StaticBinary.Path);
        Keygen("-q", "-t", type, "-N", "", "-C", "", "-f", _home["id"]);
        string line = File.ReadAllText(_home["id.pub"]);
        File.WriteAllText(_home["allowed"], "# signers\nme@x " + line);
        Directory.CreateDirectory(_home["repository"]);
        Git(0, "init", "-q");
        foreach ((string name, string value) in new[]
        {
            ("user.name", "me"), ("user.email", "me@x"), ("gpg.format", "ssh"), ("gpg.ssh.program", "qssh-keygen"),
            ("user.signingkey", _home["id.pub"]), ("gpg.ssh.allowedSignersFile", _home["allowed"]),
        })
        {
            Git(0, "config", name, value);
        }

        return Keygen("-l", "-f", _home["id.pub"]).Text.Split(' ')[1];
    }

    private void Commit(string? date = null) => Git(0, ["commit", "-q", "-S", "--allow-empty", "-m", "first"], date);

    private ProgramRun Git(int status, params string[] words) => Git(status, words, null);

    private ProgramRun Git(int status, string[] words, string? date)
    {
        ProgramRun run = ProgramRun.Of("git", ["-C", _home["repository"], .. words], null, start => Prepare(start, date));
        Assert.True(run.ExitCode == status, $"git {string.Join(' ', words)}: {run.ExitCode}\n{run.Text}\n{run.Errors}");
        return run;
    }

    private ProgramRun Keygen(params string[] words)
    {
        ProgramRun run = ProgramRun.Of(_home["bin/qssh-keygen"], words, null, start => Prepare(start, null));
        Assert.True(run.ExitCode == 0, run.Errors);
        return run;
    }

    /// <summary>None of the settings of who runs the tests.</summary>
    private void Prepare(ProcessStartInfo start, string? date)
    {
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("GIT_", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(name);
        start.Environment["HOME"] = _home.Path;
        start.Environment["XDG_CONFIG_HOME"] = _home.Path;
        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        start.Environment["PATH"] = $"{_home["bin"]}:{Environment.GetEnvironmentVariable("PATH")}";
        if (date is null)
            return;
        start.Environment["GIT_COMMITTER_DATE"] = date;
        start.Environment["GIT_AUTHOR_DATE"] = date;
    }
}
