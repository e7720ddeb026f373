using Qssh.Errors;
using Qssh.Sftp.Client;
using Qssh.Telemetry.Log;

namespace Qssh.Files;

/// <summary>What scp does: some sources, one target, each here or on a host.</summary>
/// <param name="open">The session of a host; the same one each time for the same host.</param>
internal sealed class CopyJob(TransferOptions options, TransferReport report, Func<string, ValueTask<SftpClient>> open)
{
    public async ValueTask RunAsync(IReadOnlyList<CopyPlace> sources, CopyPlace target)
    {
        string to = target.Path;
        SftpClient? server = target.Host is null ? null : await open(target.Host);
        if (server is not null)
            to = await RemotePath.ResolveAsync(server, to);
        SftpFacts? found = server is null ? null : await server.FindAsync(to);
        bool intoDirectory = server is null ? LocalFiles.IsDirectory(to) : found is not null && SftpClient.IsDirectory(found.Attributes);
        if (server is not null && found is null && sources.Count > 1)
        {
            // As OpenSSH's scp: several files make their directory.
            await server.MakeDirectoryAsync(to);
            intoDirectory = true;
        }

        if (!intoDirectory && !MayBeNamed(server is null ? LocalFiles.Exists(to) : found is not null, to, sources.Count))
            return;
        foreach (CopyPlace source in sources)
        {
            if (source.Host is null)
                await UploadAsync(source.Path, server!, to, intoDirectory);
            else
                await FetchAsync(await open(source.Host), source.Path, server, to, intoDirectory);
        }
    }

    /// <summary>The target is no directory: it may be the new name of one source, unless it was written as a directory and no tree is copied.</summary>
    private bool MayBeNamed(bool exists, string to, int sources)
    {
        if (sources == 1 && (!to.EndsWith('/') || (options.Recursive && !exists)))
            return true;
        report.Fail($"{PeerText.Escape(to, 4096)}: {(exists ? "Not a directory" : "No such file or directory")}");
        return false;
    }

    private ValueTask UploadAsync(string source, SftpClient server, string to, bool intoDirectory)
    {
        string name = LocalFiles.NameOf(source);
        string path = intoDirectory ? LocalFiles.Join(to, name == ".." ? "." : name) : to;
        return new Uploader(server, options, report).CopyAsync(source, path);
    }

    /// <param name="target">Null: to this machine.</param>
    private async ValueTask FetchAsync(SftpClient server, string pattern, SftpClient? target, string to, bool intoDirectory)
    {
        foreach (string source in await SourcesAsync(server, pattern, intoDirectory))
        {
            string path = LocalName(source, to, intoDirectory);
            await (target is null
                ? new Downloader(server, options, report).CopyAsync(source, path)
                : new Crossing(server, target, options, report).CopyAsync(source, path));
        }
    }

    private async ValueTask<List<string>> SourcesAsync(SftpClient server, string pattern, bool intoDirectory)
    {
        string path;
        try
        {
            path = await RemotePath.ResolvePatternAsync(server, pattern, options.AnyName);
        }
        catch (FailureException refusal)
        {
            report.Fail(refusal.Message);
            return [];
        }

        // A name that is there as it stands is that file, whatever characters it has.
        if (GlobPattern.HasMagic(path) && await server.FindAsync(path, follow: false) is not null)
            return [path];
        List<string> found = await Glob.ExpandAsync(new RemoteTree(server, options.AnyName, report), path);
        if (found.Count == 0)
            report.Fail($"{PeerText.Escape(pattern, 4096)}: No such file or directory");
        if (found.Count <= 1 || intoDirectory)
            return found;
        report.Fail($"{PeerText.Escape(pattern, 4096)}: several files match, and the target is not a directory");
        return [];
    }

    private static string LocalName(string source, string to, bool intoDirectory)
    {
        if (!intoDirectory)
            return to;
        string name = LocalFiles.NameOf(source);
        // A source of ".", ".." or "/" copies what is in it into the target.
        if (name is "." or ".." or "/")
            return LocalFiles.Join(to, ".");
        return LocalFiles.Join(to, name);
    }
}
