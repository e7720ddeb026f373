namespace Qssh.Tests.Client;

/// <summary>Host keys from a program, against the real server.</summary>
public sealed class KnownHostsCommandTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task A_key_that_the_program_names_is_known()
    {
        QsshResult result = await RunAsync("/bin/sh -c \"echo $0 $1 $2\" %H %t %K");
        Assert.Equal((0, "in\n", ""), (result.Exit, result.Output, result.Errors));
    }

    [Fact]
    public async Task Its_tokens_tell_name_port_and_user() =>
        Assert.Equal($"[127.0.0.1]:{server.Port} 127.0.0.1 {server.Port} somebody\n", await TokensAsync("%H %h %p %r"));

    [Theory]
    [InlineData("/bin/true", "no key is known for")]
    [InlineData("/bin/sh -c \"echo @revoked $0 $1 $2\" %H %t %K", "REVOKED")]
    [InlineData("/bin/sh -c \"echo oops >&2; exit 4\"", "KnownHostsCommand /bin/sh failed: status 4: oops")]
    [InlineData("/nonexistent/program", "no such file")]
    [InlineData("program", "absolute path")]
    [InlineData("/bin/echo %x", "unknown key %x")]
    public async Task Anything_else_is_refused(string command, string reason)
    {
        QsshResult result = await RunAsync(command);
        Assert.Equal((255, ""), (result.Exit, result.Output));
        Assert.Contains(reason, result.Errors);
    }

    private Task<QsshResult> RunAsync(string command) => QsshProcess.RunAsync(
        QsshProcess.Executable,
        [
            "-F", "none", "-p", server.Port.ToString(), "-o", "StrictHostKeyChecking=yes", "-o", "UserKnownHostsFile=none",
            "-o", "GlobalKnownHostsFile=none", "-o", "KnownHostsCommand=" + command, "127.0.0.1", "echo in",
        ],
        server.Home);

    private async Task<string> TokensAsync(string tokens)
    {
        string file = Path.Combine(server.Directory, "tokens");
        await QsshProcess.RunAsync(
            QsshProcess.Executable,
            [
                "-F", "none", "-p", server.Port.ToString(), "-l", "somebody", "-o", "StrictHostKeyChecking=yes", "-o", "UserKnownHostsFile=none",
                "-o", $"KnownHostsCommand=/bin/sh -c \"echo $@ > {file}\" sh {tokens}", "127.0.0.1",
            ],
            server.Home);
        return File.ReadAllText(file);
    }
}
