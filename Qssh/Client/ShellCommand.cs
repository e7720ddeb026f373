using Qssh.Platform;

namespace Qssh.Client;

/// <summary>A command that the user's own configuration gives to the user's own shell: ProxyCommand, LocalCommand, Match exec.</summary>
internal static class ShellCommand
{
    public static ChildProcess Start(string command, int input, int output, int error)
    {
        string shell = Environment.GetEnvironmentVariable("SHELL") is ['/', ..] own ? own : "/bin/sh";
        return ChildProcess.Start(new SpawnRequest(shell, [shell, "-c", command]) { Environment = ProcessEnvironment.Own(), Descriptors = [input, output, error] });
    }

    /// <summary>Runs it to its end while everything else waits.</summary>
    /// <returns>Its status, as a shell tells it.</returns>
    public static int Run(string command, int input, int output, int error)
    {
        using ChildProcess child = Start(command, input, output, error);
        return child.Wait(Timeout.Infinite).ShellStatus;
    }
}
