using Qssh.Errors;
using Qssh.Files;
using Qssh.Files.Legacy;
using Qssh.Platform;

namespace Qssh.Commands;

/// <summary>-O: scp there, on the other end of a secure shell that runs it.</summary>
internal sealed partial class ScpCommand
{
    private int CopyLegacy(List<CopyPlace> sources, CopyPlace target, FileRoute route, TransferReport report, ProgressMeter? meter)
    {
        int status = 0;
        List<CopyPlace> local = sources.FindAll(source => source.Host is null);
        if (local.Count > 0)
        {
            LegacyProgram program = StartLegacy(target, sources.Count > 1 ? "-d -t" : "-t", route, report);
            status = RunLegacy(() => SendLocal(program.Peer, local, meter), report, program);
        }

        foreach (CopyPlace source in sources.FindAll(source => source.Host is not null))
        {
            int ended = FetchLegacy(source, target, sources.Count > 1, route, report, meter);
            status = Math.Max(status, ended);
        }

        if (status is not (0 or FailureException.OwnFailure) && report.Failures == 0)
            report.Fail($"the other side ended with status {status}");
        return status == FailureException.OwnFailure ? status : report.Failures > 0 ? 1 : 0;
    }

    private int FetchLegacy(CopyPlace source, CopyPlace target, bool intoDirectory, FileRoute route, TransferReport report, ProgressMeter? meter)
    {
        LegacyRequest request = new(source.Path, AnyName);
        LegacyProgram from = StartLegacy(source, "-f", route, report);
        if (target.Host is null)
            return RunLegacy(() => new LegacySink(from.Peer, Options(), meter).Run(target.Path.Length == 0 ? "." : target.Path, intoDirectory, request), report, from);
        LegacyProgram to = StartLegacy(target, intoDirectory || request.IsPattern ? "-d -t" : "-t", route, report);
        return RunLegacy(() => new LegacyRelay(from.Peer, to.Peer, Options(), meter).Run(request), report, from, to);
    }

    private int SendLocal(LegacyPeer peer, List<CopyPlace> sources, ProgressMeter? meter)
    {
        if (!peer.ReadReply())
            return 1;
        LegacySource source = new(peer, Options(), meter);
        foreach (CopyPlace place in sources)
            source.Send(place.Path);
        return sources.Count;
    }

    /// <param name="copy">What it returns counts what came; nothing at all is not what anybody asked for.</param>
    private static int RunLegacy(Func<int> copy, TransferReport report, params LegacyProgram[] programs)
    {
        int status = 0, failures = report.Failures;
        try
        {
            if (copy() == 0 && report.Failures == failures)
                report.Fail("the other side sent nothing");
        }
        catch (LegacyEndException)
        {
            status = 1;
        }

        foreach (LegacyProgram program in programs)
            status = Math.Max(status, program.Close());
        return status;
    }

    private LegacyProgram StartLegacy(CopyPlace place, string role, FileRoute route, TransferReport report)
    {
        // The other host's shell reads the path, as it always did: patterns are its affair, and quotes are for it.
        string path = place.Path.Length == 0 ? "." : place.Path;
        string command = $"scp {(Verbosity > 0 ? "-v " : "")}{(Recursive ? "-r " : "")}{(Preserve ? "-p " : "")}{role} {(path[0] == '-' ? "-- " : "")}{path}";
        List<string> words = FileLogin.ProgramWords(route, Destination.Parse(place.Host!), command);
        return LegacyProgram.Start(words, route.Program is null ? SelfExecutable.Path : null, route.Rate, report);
    }
}
