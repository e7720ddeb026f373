using System.Diagnostics;
using System.Text;
using Qssh.Commands.Framework;
using Xunit;

namespace Qssh.Tests.Commands;

/// <summary>The scripts as the shells see them. bash runs them; the others check the grammar where they are installed.</summary>
public sealed class CompletionTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("qssh-completion-").FullName;

    public CompletionTests()
    {
        Directory.CreateDirectory(Path.Combine(_home, ".qssh"));
        File.WriteAllText(Path.Combine(_home, ".qssh", "config"), "Host alpha *.x beta\n  Port 1\nhost gamma\n");
        File.WriteAllText(Path.Combine(_home, ".qssh", "known_hosts"), "[delta]:22,epsilon mldsa65 AAAA\n|1|hash| mldsa65 AAAA\n# no\n");
        File.WriteAllText(Path.Combine(_home, "file"), "");
    }

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Theory]
    [InlineData("qssh serv", "server")]
    [InlineData("qssh al", "alpha")]
    [InlineData("qssh u@", "u@alpha u@beta u@delta u@epsilon u@gamma")]
    [InlineData("qssh -p 1 del", "delta")]
    [InlineData("qssh --ti", "--tier")]
    [InlineData("qssh --tier ''", "T1 T2 auto")]
    [InlineData("qssh -J al", "alpha")]
    [InlineData("qssh -F fi", "file")]
    [InlineData("qssh server --pi", "--pid-file")]
    [InlineData("qsshd --pi", "--pid-file")]
    [InlineData("qssh completion ''", "bash fish zsh")]
    [InlineData("qssh man comp", "completion")]
    [InlineData("qssh -W", "")]
    [InlineData("ssh serv", "")]
    [InlineData("ssh ga", "gamma")]
    [InlineData("/usr/bin/qssh serv", "server")]
    public void Bash_offers(string line, string expected)
    {
        string[] words = ShellWords.Split(line);
        string setup = $"COMP_WORDS=({line}); COMP_CWORD={words.Length - 1}; _qssh; printf '%s\\n' \"${{COMPREPLY[@]}}\"";
        string output = Run("bash", $"{Text(CompletionScripts.Bash)}\n{setup}");
        Assert.Equal(expected, string.Join(' ', output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Fish_and_zsh_accept_their_scripts()
    {
        foreach ((string shell, string script) in new[] { ("fish", Text(CompletionScripts.Fish)), ("zsh", Text(CompletionScripts.Zsh)), ("bash", Text(CompletionScripts.Bash)) })
        {
            if (File.Exists("/usr/bin/" + shell))
                Assert.Equal("", Run(shell, script, "-n"));
        }
    }

    [Fact]
    public void Every_script_names_every_long_option_that_is_built()
    {
        foreach (string script in new[] { Text(CompletionScripts.Bash), Text(CompletionScripts.Fish), Text(CompletionScripts.Zsh) })
        {
            foreach (string option in new[] { "tier", "min-tier", "command", "pid-file", "generate-keys", "listen", "ssh-names" })
                Assert.Contains(option, script);

            Assert.DoesNotContain("persistent", script);
        }
    }

    private static string Text(ReadOnlySpan<byte> script) => Encoding.UTF8.GetString(script);

    private string Run(string shell, string script, params string[] options)
    {
        string file = Path.Combine(_home, "script");
        File.WriteAllText(file, script);
        ProcessStartInfo start = new(shell, [.. options, file]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _home };
        start.Environment["HOME"] = _home;
        start.Environment["LC_ALL"] = "C";
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        Assert.Equal("", errors.Result);
        return output;
    }
}
