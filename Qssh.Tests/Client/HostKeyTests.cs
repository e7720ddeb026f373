namespace Qssh.Tests.Client;

/// <summary>What the executable does about host keys, against the real server.</summary>
public sealed class HostKeyTests(RunningServer server) : IClassFixture<RunningServer>
{
    private readonly string _known = Path.Combine(server.Directory, "known_" + Guid.NewGuid().ToString("n"));

    private string Label => $"[127.0.0.1]:{server.Port}";

    private string HostKey => string.Join(' ', server.HostKey.Split(' ')[..2]).Trim();

    [Fact]
    public async Task A_new_key_is_stored_and_then_known()
    {
        QsshResult first = await RunAsync("-o StrictHostKeyChecking=accept-new", "echo in");
        Assert.Equal((0, "in\n", $"Warning: Permanently added '{Label}' (MLDSA65) to the list of known hosts.\n"), (first.Exit, first.Output, first.Errors));
        Assert.Equal($"{Label} {HostKey}\n", File.ReadAllText(_known));
        QsshResult second = await RunAsync("-o StrictHostKeyChecking=yes", "echo in");
        Assert.Equal((0, "in\n", ""), (second.Exit, second.Output, second.Errors));
    }

    [Fact]
    public async Task A_name_can_be_hidden()
    {
        await RunAsync("-o StrictHostKeyChecking=no -o HashKnownHosts=yes", "true");
        Assert.StartsWith("|1|", File.ReadAllText(_known));
        Assert.Equal(0, (await RunAsync("-o StrictHostKeyChecking=yes", "true")).Exit);
    }

    [Fact]
    public async Task An_alias_stands_for_the_name()
    {
        await RunAsync("-o StrictHostKeyChecking=no -o HostKeyAlias=thehost", "true");
        Assert.StartsWith("thehost mldsa65 ", File.ReadAllText(_known));
    }

    [Theory]
    [InlineData("-o StrictHostKeyChecking=yes", "StrictHostKeyChecking is yes: ")]
    [InlineData("-o BatchMode=yes", "there is nobody to ask: ")]
    public async Task An_unknown_key_is_refused_in_one_line(string options, string reason)
    {
        QsshResult result = await RunAsync(options, "true");
        Assert.Equal(255, result.Exit);
        Assert.StartsWith($"Host key verification failed: no key is known for '{Label}', ", result.Errors);
        Assert.Contains(reason, result.Errors);
        Assert.Single(result.Errors.TrimEnd().Split('\n'));
        Assert.False(File.Exists(_known));
    }

    [Theory]
    [InlineData("mldsa65", "no")]
    [InlineData("mldsa65", "accept-new")]
    [InlineData("mldsa44", "no")]
    [InlineData("mldsa44", "ask")]
    public async Task A_changed_key_stops_everything(string type, string checking)
    {
        string other = Path.Combine(server.Directory, "k_" + Guid.NewGuid().ToString("n"));
        server.MakeKey(other, type);
        string line = $"{Label} {string.Join(' ', File.ReadAllText(other + ".pub").Split(' ')[..2]).Trim()}\n";
        File.WriteAllText(_known, "# first\n" + line);

        QsshResult result = await RunAsync($"-q -o StrictHostKeyChecking={checking}", "true");
        Assert.Equal((255, ""), (result.Exit, result.Output));
        Assert.Contains("WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!", result.Errors);
        Assert.Contains($"({_known}:2)", result.Errors);
        Assert.EndsWith("Host key verification failed.\n", result.Errors);
        Assert.Equal("# first\n" + line, File.ReadAllText(_known));
    }

    [Fact]
    public async Task A_host_that_is_known_by_one_type_is_asked_for_it_at_once()
    {
        File.WriteAllText(_known, $"{Label} {HostKey}\n");
        QsshResult result = await RunAsync("-v", "echo in");
        Assert.Equal("in\n", result.Output);
        Assert.Single(result.Errors.Split('\n'), line => line.Contains("Connection established", StringComparison.Ordinal));
        // Whoever says what comes first means it.
        QsshResult ordered = await RunAsync("-v -o HostKeyAlgorithms=^mldsa44", "echo in");
        Assert.Equal("in\n", ordered.Output);
    }

    [Fact]
    public async Task A_revoked_key_stops_everything()
    {
        File.WriteAllText(_known, $"{Label} {HostKey}\n@revoked * {HostKey}\n");
        QsshResult result = await RunAsync("-o StrictHostKeyChecking=no", "true");
        Assert.Equal(255, result.Exit);
        Assert.Contains("REVOKED HOST KEY", result.Errors);
    }

    [Fact]
    public async Task A_place_that_takes_no_keys_is_a_warning_only()
    {
        QsshResult result = await QsshProcess.RunAsync(
            $"-F none -p {server.Port} -o StrictHostKeyChecking=accept-new -o UserKnownHostsFile=/proc/none/known_hosts 127.0.0.1 echo in", server.Home);
        Assert.Equal((0, "in\n"), (result.Exit, result.Output));
        Assert.StartsWith("Failed to add the host to the list of known hosts (/proc/none/known_hosts): ", result.Errors);
    }

    [Theory]
    [InlineData("yes", 0)]
    [InlineData("no", 255)]
    [InlineData("maybe", 255)]
    public async Task SSH_ASKPASS_answers_where_it_is_wanted(string answer, int status)
    {
        string program = Path.Combine(server.Directory, "ask_" + Guid.NewGuid().ToString("n"));
        string count = program + ".count";
        File.WriteAllText(program, $"#!/bin/sh\necho \"$1\" >> {count}\n[ $(wc -l < {count}) -gt 6 ] && exit 1\necho {answer}\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        QsshResult result = await QsshProcess.RunAsync(
            "/usr/bin/env",
            ["SSH_ASKPASS=" + program, "SSH_ASKPASS_REQUIRE=force", QsshProcess.Executable, "-F", "none", "-p", server.Port.ToString(), "-o", "UserKnownHostsFile=" + _known, "127.0.0.1", "true"],
            server.Home);
        Assert.Equal(status, result.Exit);
        Assert.Contains($"The authenticity of host '127.0.0.1 (127.0.0.1:{server.Port})' can't be established.", File.ReadAllText(count));
        Assert.Equal(status == 0, File.Exists(_known));
    }

    private Task<QsshResult> RunAsync(string options, string command) =>
        QsshProcess.RunAsync($"-F none -p {server.Port} -o UserKnownHostsFile={_known} {options} 127.0.0.1 -- '{command}'", server.Home);
}
