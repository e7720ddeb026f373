using Qssh.Commands.Framework;
using Qssh.Platform;
using Qssh.Server;

namespace Qssh;

/// <summary>Hands argv to the generated command table, or to a child of the server; nothing else.</summary>
internal static class Program
{
    private static int Main(string[] args) => args switch
    {
        [SessionChild.Command, ..] => SessionChild.Run(args.AsSpan(1)),
        [SignatureChild.Command] => SignatureChild.Run(),
        _ => Dispatcher.Run(Environment.GetCommandLineArgs()[0], args),
    };
}
