using System.Net;
using System.Net.Sockets;

namespace Qssh.Tests.Client;

/// <summary>Attempts that meet no server of ours: exit 255, nothing on standard output, one line that says what and why.</summary>
public sealed class ConnectFailureTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("qssh-connect-").FullName;

    [Fact]
    public async Task Nobody_listens()
    {
        QsshResult result = await RunAsync("-p 1 127.0.0.1 true");
        Fails(result, "cannot connect to 127.0.0.1 port 1: connection refused: is a server running there, on this port?");
    }

    [Fact]
    public async Task The_name_does_not_exist()
    {
        QsshResult result = await RunAsync("no-such-host.invalid true");
        Assert.Equal(255, result.Exit);
        Assert.Matches(@"\A\S+: cannot find host no-such-host\.invalid: [^\n]+\n\z", result.Errors);
    }

    [Fact]
    public async Task An_SSH_2_server_is_told_apart()
    {
        await using Listener server = new("SSH-2.0-OpenSSH_9.9\r\n");
        Fails(await RunAsync($"-p {server.Port} 127.0.0.1 true"),
            $"127.0.0.1 port {server.Port}: the server speaks SSH-2, not QSSH/1: is the port right? (qsshd listens on 22222 by default)");
    }

    [Fact]
    public async Task A_silent_server_ends_with_ConnectTimeout()
    {
        await using Listener server = new("");
        Fails(await RunAsync($"-o ConnectTimeout=1 -p {server.Port} 127.0.0.1 true"), $"Connection to 127.0.0.1 port {server.Port} timed out during the handshake");
    }

    [Fact]
    public async Task A_server_that_hangs_up_is_told()
    {
        await using Listener server = new("", closes: true);
        QsshResult result = await RunAsync($"-p {server.Port} 127.0.0.1 true");
        Assert.Equal(255, result.Exit);
        Assert.Matches($@"\A\S+: (Connection closed by 127\.0\.0\.1 port {server.Port} during the handshake|127\.0\.0\.1 port {server.Port}: connection lost: .*)\n\z", result.Errors);
    }

    [Fact]
    public async Task Bytes_without_sense_end_the_handshake()
    {
        await using Listener server = new(new string('x', 5000));
        QsshResult result = await RunAsync($"-p {server.Port} 127.0.0.1 true");
        Assert.Equal(255, result.Exit);
        Assert.Matches($@"\A\S+: 127\.0\.0\.1 port {server.Port}: handshake failed: [^\n]+\n\z", result.Errors);
    }

    /// <summary>Even with -q: what is fatal is said.</summary>
    [Fact]
    public async Task Quiet_still_tells_why() => Assert.Contains("connection refused", (await RunAsync("-q -p 1 127.0.0.1 true")).Errors);

    [Fact]
    public async Task The_log_can_go_to_a_file()
    {
        string log = Path.Combine(_home, "log");
        QsshResult result = await RunAsync($"-v -E {log} -p 1 127.0.0.1 true");
        Assert.Equal((255, ""), (result.Exit, result.Errors));
        Assert.Contains("debug1: Connecting to 127.0.0.1 [127.0.0.1] port 1.\n", File.ReadAllText(log));
        Assert.Contains("connection refused", File.ReadAllText(log));
    }

    public void Dispose() => Directory.Delete(_home, recursive: true);

    private static void Fails(QsshResult result, string message)
    {
        Assert.Equal((255, ""), (result.Exit, result.Output));
        Assert.Equal(message, result.Errors[(result.Errors.IndexOf(": ", StringComparison.Ordinal) + 2)..^1]);
    }

    private Task<QsshResult> RunAsync(string line) => QsshProcess.RunAsync("-F none " + line, _home);

    /// <summary>Accepts one connection, says something and waits, or closes.</summary>
    private sealed class Listener : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly Task _task;
        private TcpClient? _client;

        public Listener(string text, bool closes = false)
        {
            _listener.Start();
            _task = ServeAsync(text, closes);
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public async ValueTask DisposeAsync()
        {
            _listener.Stop();
            try
            {
                await _task;
            }
            catch (SocketException)
            {
                // Nobody came.
            }

            _client?.Dispose();
        }

        private async Task ServeAsync(string text, bool closes)
        {
            _client = await _listener.AcceptTcpClientAsync();
            await _client.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(text));
            if (closes)
                _client.Dispose();
        }
    }
}
