using Qssh.Commands.Framework;
using Qssh.Errors;
using Qssh.Platform;

namespace Qssh.Commands;

/// <summary><c>qssh install</c>: the links under which the executable is one of its programs.</summary>
[Command("install", Summary = "make links for all programs", Description = InstallCommand.Manual)]
internal sealed partial class InstallCommand : Command
{
    private const string Manual = """
        Makes a symbolic link to the running executable for each of its programs, such as qsshd and qssh-keygen. Running it again changes
        nothing; after an update it points old links to the new file. Files and links that are not ours are never touched: if one is in
        the way, nothing is done at all.
        """;

    [Operand("directory", Help = "where the links go; made if it is not there", Complete = Completion.Directory)]
    public string? Target { get; private set; }

    [Flag(Long = "ssh-names", Help = "also make ssh, sshd and the other names of OpenSSH")]
    public bool SshNames { get; private set; }

    [Flag(Long = "relative", Help = "make relative links, for a tree that will be moved")]
    public bool Relative { get; private set; }

    [Flag(Long = "remove", Help = "remove the links, those with OpenSSH's names too")]
    public bool Remove { get; private set; }

    public override int Run()
    {
        string executable = Environment.ProcessPath ?? throw new FailureException("cannot tell where the executable is: /proc is not mounted", 1);
        try
        {
            if (Remove && !Directory.Exists(Target))
                return 0;

            if (!Remove)
                Directory.CreateDirectory(Target!);

            // The physical directory, as a relative link is followed from there and not from a link to it.
            Directory.SetCurrentDirectory(Target!);
            LinkSet links = new(executable, Directory.GetCurrentDirectory());
            return Remove ? RemoveLinks(links) : MakeLinks(links);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FailureException(e.Message, 1);
        }
    }

    private int MakeLinks(LinkSet links)
    {
        List<string> names = Names(SshNames);
        foreach (string name in names)
        {
            if (links.StateOf(name) == LinkState.Foreign)
                throw new FailureException($"'{links.PathOf(name)}' is in the way and not ours; nothing was linked", 1);
        }

        foreach (string name in names)
        {
            if (links.Make(name, Relative))
                StandardStreams.WriteOutput($"linked {links.PathOf(name)}\n");
        }

        return 0;
    }

    private static int RemoveLinks(LinkSet links)
    {
        foreach (string name in Names(true))
        {
            if (links.Remove(name))
                StandardStreams.WriteOutput($"removed {links.PathOf(name)}\n");
        }

        return 0;
    }

    private static List<string> Names(bool sshNames)
    {
        List<string> names = [];
        for (int i = 0; CommandTable.Program(i) is { } name; i++)
            names.Add(name);
        for (int i = 0; sshNames && CommandTable.SshName(i) is { } name; i++)
            names.Add(name);

        return names;
    }
}
