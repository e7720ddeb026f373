using Qssh.Commands.Framework;
using Qssh.Platform;

namespace Qssh.Commands;

/// <summary><c>qssh man</c>: manual pages, for machines that have no package of them and for those that make one.</summary>
[Command("man", Summary = "print a manual page", Description = "Prints the page as roff source. To read it: qssh man server | man -l -")]
internal sealed partial class ManCommand : Command
{
    [Operand("page", Help = "first word or program name of a command, qssh_config or qsshd_config; the client if left out", Optional = true, Complete = Completion.Command)]
    public string? Name { get; private set; }

    [Flag(Long = "list", Help = "list the file names of all pages")]
    public bool List { get; private set; }

    public override int Run()
    {
        if (List)
            return WriteList();
        if (Name is not null && ConfigManual.Find(Name) is { } page)
            return StandardStreams.WriteOutput(page) ? 0 : 1;
        return StandardStreams.WriteOutput(CommandLookup.Require(Name ?? "qssh").ManPage) ? 0 : 1;
    }

    private static int WriteList()
    {
        for (int i = 0; CommandTable.Page(i) is { } page; i++)
        {
            if (!StandardStreams.WriteOutput(page + "\n"))
                return 1;
        }

        return StandardStreams.WriteOutput(string.Join('\n', ConfigManual.Pages) + "\n") ? 0 : 1;
    }
}
