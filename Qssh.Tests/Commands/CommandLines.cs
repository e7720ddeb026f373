using Qssh.Commands;
using Qssh.Commands.Framework;

namespace Qssh.Tests.Commands;

/// <summary>Parses command lines without running them.</summary>
internal static class CommandLines
{
    public static ClientCommand Client(params string[] arguments) => Parse(new ClientCommand(), arguments);

    public static T Parse<T>(T command, params string[] arguments)
        where T : Command
    {
        ParseOutcome outcome = new ArgumentParser(command, arguments).Parse();
        return outcome == ParseOutcome.Run ? command : throw new InvalidOperationException(outcome.ToString());
    }
}
