using Qssh.Errors;
using Qssh.Platform;
using Qssh.Platform.Native;

namespace Qssh.Files.Prompt;

/// <summary>get and put in all their forms.</summary>
internal sealed partial class Shell
{
    private async ValueTask GetAsync(CommandLine line, bool resume)
    {
        string pattern = line.Pattern(0)!;
        List<string> sources = await ExpandAsync(pattern.StartsWith('~') ? await HomePatternAsync(pattern) : pattern);
        if (sources.Count == 0)
            throw new FailureException($"File \"{Show(line.Plain(0)!)}\" not found.", 1);
        string? target = line.Plain(1) is { } given ? LocalPath.Expand(given) : null;
        bool intoDirectory = target is not null && LocalFiles.IsDirectory(target);
        if (sources.Count > 1 && target is not null && !intoDirectory)
            throw new FailureException($"Multiple paths match, but destination {TransferReport.Quote(target)} is not a directory", 1);
        TransferOptions options = OptionsOf(line, resume);
        using ProgressMeter? meter = _report.Meter = Meter();
        foreach (string source in sources)
        {
            if (_report.IsCancelled)
                break;
            string name = LocalFiles.NameOf(source);
            name = name is "/" or ".." ? "." : name;
            string local = target is null ? name : intoDirectory ? LocalFiles.Join(target, name) : target;
            Tell($"{(options.Resume ? "Resuming" : "Fetching")} {Show(source)} to {Show(local)}");
            await new Downloader(_client, options, _report).CopyAsync(source, local);
        }
    }

    private async ValueTask<string> HomePatternAsync(string pattern)
    {
        string found = await RemotePath.ResolvePatternAsync(_client, pattern, anyName: false);
        return found.StartsWith('/') ? found : LocalFiles.Join(GlobPattern.Escape(_home), found);
    }

    private async ValueTask PutAsync(CommandLine line, bool resume)
    {
        List<string> sources = await Glob.ExpandAsync(LocalTree.Instance, LocalPath.Expand(line.Pattern(0)!));
        if (sources.Count == 0 || (sources.Count == 1 && !LocalFiles.Exists(sources[0])))
            throw new FailureException($"stat {Show(line.Plain(0)!)}: {Errno.Text(Errno.NoEntry)}", 1);
        string? target = line.Plain(1) is { } given ? await ResolveAsync(given) : null;
        bool intoDirectory = target is not null && await _client.IsDirectoryAsync(target);
        if (sources.Count > 1 && target is not null && !intoDirectory)
            throw new FailureException($"Multiple paths match, but destination {TransferReport.Quote(target)} is not a directory", 1);
        TransferOptions options = OptionsOf(line, resume);
        using ProgressMeter? meter = _report.Meter = Meter();
        foreach (string source in sources)
        {
            if (_report.IsCancelled)
                break;
            string name = LocalFiles.NameOf(source);
            name = name is "/" or ".." ? "." : name;
            string remote = target is null ? Absolute(name) : intoDirectory ? LocalFiles.Join(target, name) : target;
            Tell($"{(options.Resume ? "Resuming upload of" : "Uploading")} {Show(source)} to {Show(remote)}");
            await new Uploader(_client, options, _report).CopyAsync(source, remote);
        }
    }

    private TransferOptions OptionsOf(CommandLine line, bool resume) => new()
    {
        Preserve = _options.Preserve || line.Has('p') || line.Has('P'),
        Recursive = _options.Recursive || line.Has('r') || line.Has('R'),
        Resume = _options.Resume || resume || line.Has('a'),
        Synchronize = _options.Synchronize || line.Has('f'),
    };

    private ProgressMeter? Meter() => _showsProgress && ProgressMeter.IsPossible ? new ProgressMeter() : null;
}
