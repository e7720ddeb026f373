using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Qssh.Tests.Commands;

namespace Qssh.Tests.Client;

/// <summary>The real server on a free port of this machine with throw-away keys, for the user that runs the tests, and a home for clients.</summary>
public sealed class RunningServer : IDisposable
{
    private readonly StringBuilder _log = new();
    private readonly Process _process;

    public RunningServer()
    {
        Directory = System.IO.Directory.CreateTempSubdirectory("qssh-client-").FullName;
        System.IO.Directory.CreateDirectory(Path.Combine(Directory, "home", ".qssh"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        MakeKey(Path.Combine(Home, ".qssh", "id_mldsa65"));
        File.Copy(Path.Combine(Home, ".qssh", "id_mldsa65.pub"), Path.Combine(Directory, "authorized_keys"));
        File.WriteAllText(Path.Combine(Directory, "empty"), "");
        Port = FreePort();
        _process = Start();
    }

    public string Directory { get; }

    public string Home => Path.Combine(Directory, "home");

    public int Port { get; }

    public string HostKey => File.ReadAllText(Path.Combine(Directory, "host_mldsa65.pub"));

    /// <summary>What the server has logged.</summary>
    public string Log
    {
        get
        {
            lock (_log)
                return _log.ToString();
        }
    }

    /// <summary>Options that every client of this server needs; host keys are taken as they come.</summary>
    public string ClientOptions => $"-F none -p {Port} -o StrictHostKeyChecking=accept-new -o UserKnownHostsFile={Directory}/known_hosts";

    internal Task<QsshResult> RunAsync(string line, byte[]? input = null) => QsshProcess.RunAsync($"{ClientOptions} {line}", Home, input);

    /// <summary>Ends the server at once, with all its connections.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>It lives, but does nothing more.</summary>
    public void Stop()
    {
        using Process kill = Process.Start("kill", ["-STOP", _process.Id.ToString()]);
        kill.WaitForExit();
    }

    public void MakeKey(string path, string type = "mldsa65")
    {
        using Process keygen = QsshProcess.Start(QsshProcess.Executable, ["keygen", "-q", "-t", type, "-N", "", "-f", path], Home);
        keygen.WaitForExit();
        Assert.Equal(0, keygen.ExitCode);
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private Process Start()
    {
        string line = $"server -f {Directory}/empty -D -e -p {Port} -h {Directory}/host_mldsa65 -o ListenAddress=127.0.0.1 -o StrictModes=no -o PidFile=none"
            + $" -o AuthorizedKeysFile={Directory}/authorized_keys -o 'AcceptEnv=QSSH_TEST_* LC_*'";
        Process process = QsshProcess.Start(QsshProcess.Executable, ShellWords.Split(line), Home);
        process.StandardInput.Close();
        using ManualResetEventSlim listening = new();
        process.ErrorDataReceived += (_, e) =>
        {
            lock (_log)
                _log.AppendLine(e.Data);
            if (e.Data?.Contains("listening on") == true)
                listening.Set();
        };
        process.BeginErrorReadLine();
        Assert.True(listening.Wait(TimeSpan.FromSeconds(30)), "the server does not listen: " + Log);
        return process;
    }
}
