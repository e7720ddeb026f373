using Qssh.Platform;
using Qssh.Platform.Native;
using Qssh.Sftp;
using Qssh.Sftp.Client;

namespace Qssh.Files;

/// <summary>
/// Copies files of a server here. Every local name is decided here: below a directory of the server the names that it gives are checked
/// first. What fails is told to the report and the rest goes on; only a lost session throws.
/// </summary>
internal sealed class Downloader(SftpClient client, TransferOptions options, TransferReport report)
{
    /// <summary>As deep as OpenSSH goes; also the end of loops that the server makes up.</summary>
    private const int MaxDepth = 64;
    private const uint PermissionBits = 0x1FF; // 0777: setuid and its like are never carried over
    private const uint OwnerAll = 0x1C0;

    private readonly ParallelTasks _files = new(() => client.ParallelFiles);
    private readonly ParallelTasks _trees = new(() => client.ParallelDirectories);
    private readonly Stack<DirectoryMark> _directories = [];
    private readonly FileDownload _file = new(client, options, report);

    /// <summary>A file, or with <see cref="TransferOptions.Recursive"/> a directory with all that is in it.</summary>
    public async ValueTask CopyAsync(string remote, string local)
    {
        try
        {
            await CopyAnyAsync(remote, local);
        }
        finally
        {
            _file.EndWriting();
        }
    }

    private async ValueTask CopyAnyAsync(string remote, string local)
    {
        SftpReply? found = null;
        try
        {
            found = await client.StatusAsync(remote);
        }
        catch (SftpException refusal)
        {
            report.Fail($"stat remote {TransferReport.Quote(remote)}: {refusal.Message}");
        }

        if (found is not null)
        {
            SftpAttributes attributes = found.Attributes;
            if (SftpClient.IsDirectory(attributes) && options.Recursive)
                await DirectoryAsync(remote, local, attributes, new DirectoryChain(await RealPathAsync(remote), null));
            else if (SftpClient.KindOf(attributes) != FileKind.Regular)
                report.Fail($"download {TransferReport.Quote(remote)}: not a regular file");
            else
                await _file.CopyAsync(remote, local, attributes);
        }

        // Times and modes of directories come last, the deepest first: what is made inside changes the one and needs the other.
        await _trees.FinishAsync();
        await _files.FinishAsync();
        while (_directories.TryPop(out DirectoryMark? directory))
            SetDirectory(directory.Path, directory.Attributes);
    }

    /// <param name="chain">Real paths of this directory and those above it; empty where the server did not tell.</param>
    private async ValueTask DirectoryAsync(string remote, string local, SftpAttributes attributes, DirectoryChain chain)
    {
        List<SftpEntry>? entries = await ListAsync(remote, chain.Depth);
        if (entries is null || !MakeDirectory(local, attributes, out bool isNew))
            return;
        if (options.Preserve || (isNew && (attributes.Permissions & OwnerAll) != OwnerAll))
            _directories.Push(new DirectoryMark(local, attributes));
        foreach (SftpEntry entry in entries)
        {
            if (report.IsCancelled)
                break;
            if (RemoteName.IsSafe(entry.Name, options.AnyName))
                await EntryAsync(entry, LocalFiles.Join(remote, entry.Name), LocalFiles.Join(local, entry.Name), chain);
            else
                report.Fail($"{TransferReport.Quote(remote)}: the server gave the name {TransferReport.Quote(entry.Name)}, which is refused");
        }
    }

    private ValueTask<List<SftpEntry>?> ListAsync(string remote, int depth)
    {
        if (depth >= MaxDepth)
        {
            report.Fail($"{TransferReport.Quote(remote)}: more than {MaxDepth} directories deep: left out");
            return new((List<SftpEntry>?)null);
        }

        return new RemoteDirectories(client, report).ListAsync(remote);
    }

    private async ValueTask EntryAsync(SftpEntry entry, string remote, string local, DirectoryChain above)
    {
        SftpAttributes attributes = entry.Attributes;
        bool isLink = SftpClient.KindOf(attributes) == FileKind.Link;
        if (isLink && options.FollowLinks)
        {
            if (await client.FindAsync(remote) is not { } target)
            {
                report.Fail($"download {TransferReport.Quote(remote)}: a link that leads nowhere");
                return;
            }

            attributes = target.Attributes;
        }

        switch (SftpClient.KindOf(attributes))
        {
            case FileKind.Directory:
                string real = isLink || above.Name.Length == 0 ? await RealPathAsync(remote) : LocalFiles.Join(above.Name, entry.Name);
                if (isLink && real.Length > 0 && above.Contains(real))
                {
                    report.Fail($"download {TransferReport.Quote(remote)}: a link to a directory above it: left out");
                    break;
                }

                DirectoryChain chain = new(real, above);
                if (!_trees.TryStart(() => DirectoryAsync(remote, local, attributes, chain)))
                    await DirectoryAsync(remote, local, attributes, chain);
                break;
            case FileKind.Regular:
                await _files.StartAsync(() => _file.CopyAsync(remote, local, attributes));
                break;
            case FileKind.Link:
                report.Note($"download {TransferReport.Quote(remote)}: not a regular file");
                break;
            default:
                report.Fail($"download {TransferReport.Quote(remote)}: not a regular file");
                break;
        }
    }

    private async ValueTask<string> RealPathAsync(string remote)
    {
        try
        {
            return (await client.RealPathAsync(remote)).Name;
        }
        catch (SftpException)
        {
            return "";
        }
    }

    private bool MakeDirectory(string local, in SftpAttributes attributes, out bool isNew)
    {
        uint mode = attributes.HasPermissions ? attributes.Permissions & PermissionBits : PermissionBits;
        int error = LocalFiles.MakeDirectory(local, mode | OwnerAll);
        isNew = error == 0;
        if (error == 0 || (error == Errno.Exists && LocalFiles.IsDirectory(local)))
            return true;
        report.Fail($"mkdir {TransferReport.Quote(local)}: {Errno.Text(error)}");
        return false;
    }

    private void SetDirectory(string local, in SftpAttributes attributes)
    {
        int error = attributes.HasPermissions ? LocalFiles.SetMode(local, attributes.Permissions & PermissionBits) : 0;
        if (error == 0 && options.Preserve && attributes.HasTimes)
            error = LocalFiles.SetTimes(local, attributes.Accessed, attributes.Modified);
        if (error != 0)
            report.Note($"local setstat on {TransferReport.Quote(local)}: {Errno.Text(error)}");
    }
}
