using Qssh.Platform;

namespace Qssh.Files;

/// <summary>Runs a program on our own streams and waits for it.</summary>
internal static class LocalProgram
{
    /// <param name="words">The program, which is looked for on PATH unless it has a slash, and its arguments.</param>
    /// <returns>The status as a shell tells it.</returns>
    public static async ValueTask<int> RunAsync(IReadOnlyList<string> words, string? path = null)
    {
        using ChildProcess child = ChildProcess.Start(new SpawnRequest(path ?? FileProgram.Find(words[0]), words)
        {
            Descriptors = [0, 1, 2],
            Environment = ProcessEnvironment.Own(),
        });
        return (await child.ExitAsync()).ShellStatus;
    }
}
