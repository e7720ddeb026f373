using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Qssh.Platform.Native;
using Xunit;

namespace Qssh.Tests.Support;

/// <summary>The static executable as a server on a free loopback port, until disposal; nothing that it started outlives it.</summary>
internal sealed class ServerProcess : IDisposable
{
    public const int SigHup = 1, SigInt = 2, SigKill = 9, SigTerm = 15;

    private readonly Process _process;
    private readonly StringBuilder _log = new();
    private readonly Thread _reader;

    private ServerProcess(string program, IEnumerable<string> arguments, TempHome home, int port)
    {
        Port = port;
        Home = home;
        _process = ProgramRun.Start(program, arguments, start => start.Environment["HOME"] = home.Path);
        _process.StandardInput.Close();
        _reader = new Thread(ReadLog) { IsBackground = true };
        _reader.Start();
    }

    public TempHome Home { get; }

    public int Port { get; }

    public int Id => _process.Id;

    public bool IsRunning => !_process.HasExited;

    public int ExitCode => _process.ExitCode;

    public string Log
    {
        get
        {
            lock (_log)
                return _log.ToString();
        }
    }

    public static ServerProcess Start(TempHome home, params string[] options) => Launch(home, Arguments(home, options));

    /// <param name="command">All but the address.</param>
    public static ServerProcess Launch(TempHome home, string[] command)
    {
        for (int attempt = 1; ; attempt++)
        {
            int port = FreePort();
            ServerProcess server = new(command[0], [.. command[1..], "-o", $"ListenAddress=127.0.0.1:{port}"], home, port);
            Wait.Until(() => !server.IsRunning || server.Log.Contains("listening on", StringComparison.Ordinal), "the server listens");
            if (server.IsRunning)
                return server;

            server.Dispose();
            if (attempt == 5 || !server.Log.Contains("in use", StringComparison.Ordinal))
                throw new InvalidOperationException(server.Log);
        }
    }

    /// <summary>Through another program, such as one that changes the user or the root directory first.</summary>
    public static ServerProcess StartThrough(TempHome home, string[] prefix, params string[] options) =>
        Launch(home, [.. prefix, .. Arguments(home, options)]);

    public static string[] Arguments(TempHome home, params string[] options) =>
    [
        StaticBinary.Path, "server", "-D", "-e", "-f", "none", "-h", home["host"], "-o", "AuthorizedKeysFile=" + home["authorized_keys"],
        "-o", "LogLevel=DEBUG1", .. options,
    ];

    public void WaitForLog(string text, int seconds = 10) =>
        Wait.Until(() => Log.Contains(text, StringComparison.Ordinal), $"the server logs \"{text}\"", seconds);

    public void Signal(int signal) => Assert.Equal(0, Libc.Kill(Id, signal));

    public bool WaitForExit(int seconds = 10) => _process.WaitForExit(TimeSpan.FromSeconds(seconds));

    public void Dispose()
    {
        if (IsRunning)
        {
            IReadOnlyList<int> left = ProcessFacts.Descendants(Id);
            Signal(SigTerm);
            if (!WaitForExit(5))
                Signal(SigKill);
            WaitForExit();
            // Sessions are in process groups of their own.
            foreach (int process in left.Where(ProcessFacts.Exists))
                _ = Libc.Kill(process, SigKill);
        }

        _reader.Join(TimeSpan.FromSeconds(1));
        _process.Dispose();
    }

    /// <summary>Free a moment ago: somebody else may be faster, so that the caller tries again.</summary>
    public static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void ReadLog()
    {
        while (_process.StandardError.ReadLine() is { } line)
        {
            lock (_log)
                _log.Append(line).Append('\n');
        }
    }
}
