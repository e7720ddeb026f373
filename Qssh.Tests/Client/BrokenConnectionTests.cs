using System.Diagnostics;
using Qssh.Tests.Commands;

namespace Qssh.Tests.Client;

/// <summary>Connections that end under a session. They break the server, so each has its own.</summary>
public sealed class BrokenConnectionTests
{
    [Fact]
    public async Task A_server_that_dies_is_told_and_is_our_failure()
    {
        using RunningServer server = new();
        (int exit, string output, string errors) = await EndAsync(server, "127.0.0.1 'echo begun; sleep 60'", server.Kill);
        Assert.Equal((255, "begun\n"), (exit, output));
        Assert.Matches("Connection to 127.0.0.1 (closed by remote host without a goodbye: output may be missing|ended: connection lost: .*)\\.?\n\\z", errors);
    }

    [Fact]
    public async Task N_holds_the_connection_until_it_ends()
    {
        using RunningServer server = new();
        (int exit, _, string errors) = await EndAsync(server, "-N -v 127.0.0.1", server.Kill, "logged in as");
        Assert.Equal(255, exit);
        Assert.Contains("Connection to 127.0.0.1 ", errors);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_any_more_is_given_up()
    {
        using RunningServer server = new();
        (int exit, _, string errors) = await EndAsync(server, "-o ServerAliveInterval=1 -o ServerAliveCountMax=1 127.0.0.1 'echo begun; sleep 60'", server.Stop);
        Assert.Equal(255, exit);
        Assert.EndsWith("Timeout, server 127.0.0.1 not responding.\n", errors);
    }

    [Fact]
    public async Task A_client_that_is_killed_leaves_nothing_running()
    {
        using RunningServer server = new();
        string file = Path.Combine(server.Directory, "alive");
        using Process client = QsshProcess.Start(QsshProcess.Executable, ShellWords.Split($"{server.ClientOptions} 127.0.0.1 'trap \"rm {file}; exit\" HUP; touch {file}; while :; do sleep 0.1; done'"), server.Home);
        await WaitAsync(() => File.Exists(file));
        client.Kill();
        await WaitAsync(() => !File.Exists(file));
    }

    private static async Task<(int Exit, string Output, string Errors)> EndAsync(RunningServer server, string line, Action end, string? sign = null)
    {
        using Process client = QsshProcess.Start(QsshProcess.Executable, ShellWords.Split($"{server.ClientOptions} {line}"), server.Home);
        string output = "", errors = "";
        if (sign is null)
            output = await client.StandardOutput.ReadLineAsync() + "\n";
        else
            while (!errors.Contains(sign))
                errors += await client.StandardError.ReadLineAsync() + "\n";
        end();
        errors += await client.StandardError.ReadToEndAsync();
        output += await client.StandardOutput.ReadToEndAsync();
        await client.WaitForExitAsync();
        return (client.ExitCode, output, errors);
    }

    private static async Task WaitAsync(Func<bool> condition)
    {
        for (int i = 0; i < 300 && !condition(); i++)
            await Task.Delay(100);
        Assert.True(condition());
    }
}
