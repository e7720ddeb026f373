using Qssh.Errors;
using Qssh.Platform;

namespace Qssh.Files.Legacy;

/// <summary>What another scp starts here (<c>scp -t</c>, <c>scp -f</c>): it speaks on the standard streams, and its complaints go to that scp.</summary>
internal static class LegacyServer
{
    private const int Input = 0, Output = 1;

    /// <summary>Whether an scp of the old protocol asked for what serves something else here: it would wait for ever.</summary>
    public static bool IsAskedBy(string? command) => command is not null && command.StartsWith("scp ", StringComparison.Ordinal);

    /// <summary>Tells it so, in words that it takes for its user.</summary>
    /// <returns>The exit status.</returns>
    public static int Decline()
    {
        StandardStreams.WriteOutput("\u0002scp: this account serves files over SFTP only\n");
        return 1;
    }

    /// <returns>The exit status.</returns>
    public static int Run(List<string> paths, bool sends, bool intoDirectory, TransferOptions options)
    {
        if (Descriptor.IsTerminal(Input))
            throw new FailureException("-t and -f are for another scp; they have nothing to say to a terminal", 1);
        TransferReport report = new(_ => { });
        LegacyPeer peer = new(new LegacyLink(Input, Output), report);
        try
        {
            if (!sends)
                new LegacySink(peer, options).Run(paths[0], intoDirectory, null);
            else if (peer.ReadReply())
                paths.ForEach(new LegacySource(peer, options).Send);
        }
        catch (LegacyEndException)
        {
            return 1;
        }

        return report.Failures > 0 ? 1 : 0;
    }
}
