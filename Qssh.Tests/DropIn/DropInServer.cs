using Qssh.Tests.EndToEnd;
using Qssh.Tests.Support;

namespace Qssh.Tests.DropIn;

/// <summary>
/// A running server and a home whose configuration calls it "box", for programs that call ssh by themselves. Scripts see the static
/// executable as $QSSH and, by PATH, under the name ssh; an empty directory is theirs.
/// </summary>
public sealed class DropInServer : IDisposable
{
    private readonly Lazy<(TempHome Home, ServerProcess Server)> _running = new(() =>
    {
        TempHome home = new();
        ServerProcess server = ServerProcess.Start(home);
        Directory.CreateDirectory(home[".qssh"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.WriteAllText(home[".qssh/config"], $"""
            Host box 127.0.0.1 localhost
                HostName 127.0.0.1
                Port {server.Port}
                IdentityFile {home["id"]}
                UserKnownHostsFile {home["known_hosts"]}
                GlobalKnownHostsFile none

            """);
        Directory.CreateDirectory(home["bin"]);
        foreach (string name in (string[])["ssh", "scp", "sftp", "qssh"])
            File.CreateSymbolicLink(Path.Combine(home["bin"], name), StaticBinary.Path);
        return (home, server);
    });

    internal TempHome Home => _running.Value.Home;

    internal ServerProcess Server => _running.Value.Server;

    /// <summary>Runs a script of bash that ends at the first failure, in a fresh directory.</summary>
    internal ProgramRun Run(string script)
    {
        string place = Directory.CreateTempSubdirectory("qssh-dropin-").FullName;
        try
        {
            return ProgramRun.Of("/bin/bash", ["-euo", "pipefail", "-c", script], null, start =>
            {
                start.WorkingDirectory = place;
                start.Environment["HOME"] = Home.Path;
                start.Environment["QSSH"] = StaticBinary.Path;
                start.Environment["PATH"] = $"{Home["bin"]}:{Environment.GetEnvironmentVariable("PATH")}";
                start.Environment["PORT"] = Server.Port.ToString();
                foreach (string name in (string[])["GIT_SSH", "GIT_SSH_COMMAND", "RSYNC_RSH", "SSH_AUTH_SOCK"])
                    start.Environment.Remove(name);
            });
        }
        finally
        {
            // Not by the runtime, which cannot name files that are not UTF-8.
            ProgramRun.Of("rm", ["-rf", place]);
        }
    }

    /// <summary>The script's output; it must end well.</summary>
    internal string Output(string script)
    {
        ProgramRun run = Run(script);
        Assert.True(run.ExitCode == 0, $"{run.ExitCode}: {run.Errors}\n{run.Text}");
        return run.Text;
    }

    public void Dispose()
    {
        if (!_running.IsValueCreated)
            return;
        Server.Dispose();
        Home.Dispose();
    }
}
