using Qssh.Commands.Framework;

namespace Qssh;

/// <summary>Hands argv to the generated command table; nothing else.</summary>
internal static class Program
{
    private static int Main(string[] args) => Dispatcher.Run(Environment.GetCommandLineArgs()[0], args);
}
