using System.Globalization;
using Qssh.Client;
using Qssh.Commands.Framework;
using Qssh.Errors;
using Qssh.Files;
using Qssh.Files.Legacy;
using Qssh.Platform;
using Qssh.Sftp.Client;

namespace Qssh.Commands;

internal sealed partial class ScpCommand
{
    private readonly Dictionary<string, FileLogin> _hosts = [];
    private CopySignals? _signals;

    public override int Run()
    {
        StandardStream.EnsureAllOpen();
        ProcessSettings.OutliveFileSizeLimit();
        List<string> words = RawArguments.Restore(Words!);
        if (Sends || Takes)
            return LegacyServer.Run(words, Sends, IntoDirectory, Options());
        List<CopyPlace> places = words.ConvertAll(CopyPlace.Parse);
        CopyPlace target = places[^1];
        places.RemoveAt(places.Count - 1);
        FileRoute route = Route();
        return new Reactor().Run(() => RunAsync(places, target, route));
    }

    private async ValueTask<int> RunAsync(List<CopyPlace> sources, CopyPlace target, FileRoute route)
    {
        TransferReport report = new(text => StandardStreams.WriteErrorLine($"{CalledAs}: {text}"));
        using ProgressMeter? meter = report.Meter = !Quiet && ProgressMeter.IsPossible ? new ProgressMeter() : null;
        try
        {
            CopyJob job = new(Options(), report, host => OpenAsync(host, route));
            List<CopyPlace> ours = sources.FindAll(source => source.Host is not null || target.Host is not null);
            if (ours.Count < sources.Count && await LocalCopy.RunAsync(sources.FindAll(source => source.Host is null), target.Path, Recursive, Preserve) != 0)
                report.Fail("cp failed");
            if (Resume && target.Host is not null && !OnOrigin && ours.Exists(source => source.Host is not null))
                throw new FailureException("--resume works between this machine and a host, not between two hosts", 1);
            if (OnOrigin && target.Host is not null)
                ours = await RunOnOriginAsync(ours, target, route, report);
            if (Legacy && ours.Count > 0)
                return CopyLegacy(ours, target, route, report, meter);
            if (ours.Count > 0)
                await CopyAsync(job, ours, target, report);
            return report.Failures > 0 ? 1 : 0;
        }
        catch (ShownFailureException failure)
        {
            StandardStreams.WriteErrorLine(Printable.Lines(failure.Message));
        }
        catch (Exception failure) when (failure is FailureException or SftpLostException or ProtocolException or SftpException)
        {
            StandardStreams.WriteErrorLine(Printable.Lines($"{CalledAs}: {failure.Message}"));
        }
        finally
        {
            foreach (FileLogin login in _hosts.Values)
                login.Dispose();
        }

        return FailureException.OwnFailure;
    }

    private async ValueTask CopyAsync(CopyJob job, List<CopyPlace> sources, CopyPlace target, TransferReport report)
    {
        using CopySignals signals = _signals = new CopySignals(report.Cancel, Sever);
        try
        {
            await job.RunAsync(sources, target);
            foreach (FileLogin login in _hosts.Values)
                await login.CloseAsync();
        }
        finally
        {
            signals.DieIfAsked();
        }
    }

    private void Sever()
    {
        foreach (FileLogin login in _hosts.Values)
            login.Sever();
    }

    private TransferOptions Options() => new()
    {
        Preserve = Preserve,
        Recursive = Recursive,
        Resume = Resume,
        Atomic = Atomic,
        FollowLinks = true,
        // What another scp sends here is its user's choice.
        AnyName = AnyName || Takes,
    };

    private async ValueTask<SftpClient> OpenAsync(string host, FileRoute route)
    {
        if (_hosts.TryGetValue(host, out FileLogin? known))
            return known.Client!;
        FileLogin login = new(route);
        // Nothing has begun that could be left in order, and a login waits for its user.
        _signals!.IsBusy = false;
        SftpClient client = await login.OpenAsync(DirectServer is null ? Destination.Parse(host) : null);
        _signals.IsBusy = true;
        _hosts.Add(host, login);
        return client;
    }

    private FileRoute Route()
    {
        int? buffer = null, requests = null;
        foreach (string option in Tuning ?? [])
        {
            string[] parts = option.Split('=', 2);
            if (parts.Length != 2 || parts[0] is not ("nrequests" or "buffer") || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int value) || value < 1)
                throw new UsageException($"-X {Printable.Escape(option)}: known are nrequests=N and buffer=N");
            if (parts[0] == "buffer")
                buffer = value;
            else
                requests = value;
        }

        return new FileRoute
        {
            Settings = Settings,
            ConfigFile = ConfigFile,
            Quiet = Quiet,
            Verbosity = Verbosity,
            Program = Program,
            DirectServer = DirectServer,
            Buffer = buffer,
            Requests = requests,
            Rate = Limit * 1000L / 8,
        };
    }

    /// <summary>Of this command line, for the scp there.</summary>
    private string OriginWords() =>
        $"scp {(Recursive ? "-r " : "")}{(Preserve ? "-p " : "")}{(Quiet ? "-q " : "")}{(Verbosity > 0 ? "-v " : "")}{(Legacy ? "-O " : "")}{(Atomic ? "--atomic " : "")}{(Resume ? "--resume " : "")}{(Limit is { } limit ? $"-l {limit} " : "")}";

    /// <summary>-R: the first host copies to the second one by itself, with its own scp and its own keys.</summary>
    /// <returns>What is left to do here.</returns>
    private async ValueTask<List<CopyPlace>> RunOnOriginAsync(List<CopyPlace> sources, CopyPlace target, FileRoute route, TransferReport report)
    {
        foreach (CopyPlace source in sources.FindAll(source => source.Host is not null))
        {
            if (await OriginCopy.RunAsync(source, target, route, OriginWords()) != 0)
                report.Fail($"copying {TransferReport.Quote(source.Path)} from {source.Host} to {target.Host} failed");
        }

        return sources.FindAll(source => source.Host is null);
    }
}
