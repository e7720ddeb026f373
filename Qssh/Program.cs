using Qssh.Commands.Framework;
using Qssh.Platform;

namespace Qssh;

/// <summary>Hands argv to the generated command table, or to the server's session child; nothing else.</summary>
internal static class Program
{
    private static int Main(string[] args) => args is [SessionChild.Command, ..]
        ? SessionChild.Run(args.AsSpan(1))
        : Dispatcher.Run(Environment.GetCommandLineArgs()[0], args);
}
