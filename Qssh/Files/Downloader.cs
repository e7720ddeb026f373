using Qssh.Platform;
using Qssh.Platform.Native;
using Qssh.Sftp;
using Qssh.Sftp.Client;

namespace Qssh.Files;

/// <summary>
/// Copies files of a server here. Every local name is decided here: below a directory of the server the names that it gives are checked
/// first. What fails is told to the report and the rest goes on; only a lost session throws.
/// </summary>
internal sealed class Downloader(SftpClient client, TransferOptions options, TransferReport report, ProgressMeter? meter = null)
{
    /// <summary>As deep as OpenSSH goes; also the end of loops that the server makes up.</summary>
    private const int MaxDepth = 64;
    private const uint PermissionBits = 0x1FF; // 0777: setuid and its like are never carried over
    private const uint OwnerWrite = 0x80, OwnerAll = 0x1C0;

    private readonly ParallelTasks _files = new(() => client.ParallelFiles);
    private readonly ParallelTasks _trees = new(() => client.ParallelDirectories);
    private readonly Stack<DirectoryMark> _directories = [];

    /// <summary>What is to be said of a target that did not come.</summary>
    private string Left => options.Atomic ? "stays as it was" : "is not whole";

    /// <summary>A file, or with <see cref="TransferOptions.Recursive"/> a directory with all that is in it.</summary>
    public async ValueTask CopyAsync(string remote, string local)
    {
        SftpReply? found = null;
        try
        {
            found = await client.StatusAsync(remote);
        }
        catch (SftpException refusal)
        {
            Fail($"stat remote {TransferReport.Quote(remote)}: {refusal.Message}");
        }

        if (found is not null)
        {
            SftpAttributes attributes = found.Attributes;
            if (SftpClient.IsDirectory(attributes) && options.Recursive)
                await DirectoryAsync(remote, local, attributes, new DirectoryChain(await RealPathAsync(remote), null));
            else if (SftpClient.KindOf(attributes) != FileKind.Regular)
                Fail($"download {TransferReport.Quote(remote)}: not a regular file");
            else
                await FileAsync(remote, local, attributes);
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
                Fail($"{TransferReport.Quote(remote)}: the server gave the name {TransferReport.Quote(entry.Name)}, which is refused");
        }
    }

    private ValueTask<List<SftpEntry>?> ListAsync(string remote, int depth)
    {
        if (depth >= MaxDepth)
        {
            Fail($"{TransferReport.Quote(remote)}: more than {MaxDepth} directories deep: left out");
            return new((List<SftpEntry>?)null);
        }

        return new RemoteDirectories(client, Fail).ListAsync(remote);
    }

    private async ValueTask EntryAsync(SftpEntry entry, string remote, string local, DirectoryChain above)
    {
        SftpAttributes attributes = entry.Attributes;
        bool isLink = SftpClient.KindOf(attributes) == FileKind.Link;
        if (isLink && options.FollowLinks)
        {
            if (await client.FindAsync(remote) is not { } target)
            {
                Fail($"download {TransferReport.Quote(remote)}: a link that leads nowhere");
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
                    Fail($"download {TransferReport.Quote(remote)}: a link to a directory above it: left out");
                    break;
                }

                DirectoryChain chain = new(real, above);
                if (!_trees.TryStart(() => DirectoryAsync(remote, local, attributes, chain)))
                    await DirectoryAsync(remote, local, attributes, chain);
                break;
            case FileKind.Regular:
                await _files.StartAsync(() => FileAsync(remote, local, attributes));
                break;
            case FileKind.Link:
                report.Note($"download {TransferReport.Quote(remote)}: not a regular file");
                break;
            default:
                Fail($"download {TransferReport.Quote(remote)}: not a regular file");
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
        Fail($"mkdir {TransferReport.Quote(local)}: {Errno.Text(error)}");
        return false;
    }

    private void SetDirectory(string local, in SftpAttributes attributes)
    {
        int error = attributes.HasPermissions ? LocalFiles.SetMode(local, attributes.Permissions & PermissionBits) : 0;
        if (error == 0 && options.Preserve && attributes.HasTimes)
            error = LocalFiles.SetTimes(local, attributes.Accessed, attributes.Modified);
        if (error != 0)
            Fail($"local setstat on {TransferReport.Quote(local)}: {Errno.Text(error)}");
    }

    private async ValueTask FileAsync(string remote, string local, SftpAttributes attributes)
    {
        if (report.IsCancelled)
            return;
        byte[]? handle = null;
        try
        {
            handle = (await client.OpenAsync(remote, SftpOpenFlags.Read)).Handle;
            if (!options.Atomic)
                await ReceiveAsync(remote, local, local, handle, attributes);
            else if (LocalFiles.Status(local, out FileStatus old) == 0 && old.Kind != FileKind.Regular)
                Fail($"{TransferReport.Quote(local)}: not a regular file");
            else
                await ReplaceAsync(remote, local, handle, attributes);
        }
        catch (SftpException refusal)
        {
            Fail($"{(handle is null ? "open" : "read")} remote {TransferReport.Quote(remote)}: {refusal.Message}{(handle is null ? "" : $"; {TransferReport.Quote(local)} {Left}")}");
        }
        catch (SftpLostException lost) when (handle is not null)
        {
            Fail($"read remote {TransferReport.Quote(remote)}: {lost.Message}; {TransferReport.Quote(local)} {Left}");
            throw;
        }
        finally
        {
            if (handle is not null)
                client.CloseLater(handle);
        }
    }

    private async ValueTask ReplaceAsync(string remote, string local, byte[] handle, SftpAttributes attributes)
    {
        string place = TemporaryName.Beside(local);
        int error = 0;
        try
        {
            if (await ReceiveAsync(remote, local, place, handle, attributes))
                error = LocalFiles.Rename(place, local);
            if (error != 0)
                Fail($"rename to {TransferReport.Quote(local)}: {Errno.Text(error)}");
        }
        finally
        {
            // It is gone if it has its new name.
            LocalFiles.Remove(place);
        }
    }

    /// <param name="place">Where it is written.</param>
    /// <returns>Whether all of it is there; if not, that was told.</returns>
    private async ValueTask<bool> ReceiveAsync(string remote, string local, string place, byte[] handle, SftpAttributes attributes)
    {
        uint mode = attributes.HasPermissions ? attributes.Permissions & PermissionBits : 0x1B6;
        int error = LocalFiles.OpenToWrite(place, truncate: !options.Resume, mode | OwnerWrite, out OwnedFd? file);
        using (file)
        {
            FileStatus status = default;
            if (error == 0)
                error = FileStatus.OfDescriptor(file!.Value, out status);
            if (error != 0)
            {
                Fail($"local open {TransferReport.Quote(local)}: {Errno.Text(error)}");
                return false;
            }

            long start = options.Resume ? status.Size : 0;
            // Files that the kernel makes up say 0 and have more.
            long? size = attributes.HasSize && attributes.Size is > 0 and <= long.MaxValue ? (long)attributes.Size : null;
            if (size < start)
            {
                Fail($"cannot resume the download of {TransferReport.Quote(remote)}: the local file is larger");
                return false;
            }

            LocalSink sink = new(file!.Value, status.Kind == FileKind.Regular, isFresh: !options.Resume);
            return await ReadAsync(remote, local, handle, sink, start, size, status.Kind != FileKind.Regular) && Finish(local, file, attributes);
        }
    }

    /// <returns>False: it is not whole, and that was told.</returns>
    private async ValueTask<bool> ReadAsync(string remote, string local, byte[] handle, LocalSink sink, long start, long? size, bool inOrder)
    {
        ProgressEntry? progress = meter?.Begin(LocalFiles.NameOf(local), size ?? 0, start);
        BulkRead read = new(client.Bulk, handle, sink, start, size, inOrder) { Progress = progress is null ? null : progress.Advance };
        report.Cancelled += read.Cancel;
        bool isWhole = false;
        try
        {
            await read.RunAsync();
            ReadEnd end = read.End;
            int error = end == ReadEnd.Whole ? sink.Finish(start + read.Received) : sink.Error;
            isWhole = end == ReadEnd.Whole && error == 0;
            if (isWhole)
                return true;
            Fail(error != 0 ? $"write local {TransferReport.Quote(local)}: {Errno.Text(error)}; it {Left}"
                : end == ReadEnd.Cancelled ? $"download of {TransferReport.Quote(remote)} was stopped; {TransferReport.Quote(local)} {Left}"
                : $"remote {TransferReport.Quote(remote)} ended after {start + read.Received} of {size} bytes; {TransferReport.Quote(local)} {Left}");
            return false;
        }
        finally
        {
            if (!isWhole)
                sink.Cut(read.Reached);
            report.Cancelled -= read.Cancel;
            if (progress is not null)
                meter!.End(progress);
        }
    }

    /// <returns>False: perhaps it is not kept.</returns>
    private bool Finish(string local, OwnedFd file, in SftpAttributes attributes)
    {
        int error = 0;
        if (options.Preserve && attributes.HasPermissions)
            error = FileChange.Mode(file.Value, attributes.Permissions & PermissionBits);
        if (error == 0 && options.Preserve && attributes.HasTimes)
            error = FileChange.Times(file.Value, attributes.Accessed, attributes.Modified);
        if (error != 0)
            Fail($"local setstat on {TransferReport.Quote(local)}: {Errno.Text(error)}");
        int failed = options.Synchronize ? Descriptor.Synchronize(file.Value) : 0, last = file.Close();
        if (failed != 0)
            Fail($"local fsync {TransferReport.Quote(local)}: {Errno.Text(failed)}");
        if (last != 0)
            Fail($"local close {TransferReport.Quote(local)}: {Errno.Text(last)}");
        return failed == 0 && last == 0;
    }

    private void Fail(string text)
    {
        meter?.Interrupt();
        report.Fail(text);
    }
}
