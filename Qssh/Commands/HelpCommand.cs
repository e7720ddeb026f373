using Qssh.Commands.Framework;
using Qssh.Platform;

namespace Qssh.Commands;

/// <summary><c>qssh help</c>: all commands, or the help of one.</summary>
[Command("help", Summary = "list the commands, or explain one")]
internal sealed partial class HelpCommand : Command
{
    private const string Head = "usage: qssh [options] [user@]host [command ...]\n       qssh command ...\n\ncommands:\n";
    private const string Foot = "\nmore: qssh help command, qssh man command\n";

    [Operand("command", Help = "its first word or its program name", Optional = true, Complete = Completion.Command)]
    public string? Name { get; private set; }

    public override int Run()
    {
        if (Name != null)
            return StandardStreams.WriteOutput(CommandLookup.Require(Name).Help) ? 0 : 1;

        return StandardStreams.WriteOutput(Head) && StandardStreams.WriteOutput(CommandTable.Overview) && StandardStreams.WriteOutput(Foot) ? 0 : 1;
    }
}
