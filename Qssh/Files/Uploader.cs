using Qssh.Platform;
using Qssh.Platform.Native;
using Qssh.Sftp;
using Qssh.Sftp.Client;

namespace Qssh.Files;

/// <summary>Copies local files to a server. What fails is told to the report and the rest goes on; only a lost session throws.</summary>
internal sealed class Uploader(SftpClient client, TransferOptions options, TransferReport report)
{
    private const uint PermissionBits = 0x1FF; // 0777: setuid and its like are never carried over

    private const long Unknown = long.MaxValue;

    private const string Opening = "dest open";

    private readonly ParallelTasks _files = new(() => client.ParallelFiles);
    private readonly ParallelTasks _trees = new(() => client.ParallelDirectories);
    private RemoteDirectories? _directories;

    /// <summary>What is to be said of a target that did not get its content.</summary>
    private string Left => options.Atomic ? "stays as it was" : "is not whole";

    private RemoteDirectories Directories => _directories ??= new RemoteDirectories(client, report);

    /// <summary>A file, or with <see cref="TransferOptions.Recursive"/> a directory with all that is in it.</summary>
    public async ValueTask CopyAsync(string local, string remote)
    {
        int error = LocalFiles.Status(local, out FileStatus status);
        if (error != 0)
            report.Fail($"stat local {TransferReport.Quote(local)}: {Errno.Text(error)}");
        else if (status.Kind == FileKind.Directory && options.Recursive)
            await DirectoryAsync(local, remote, status, new DirectoryChain(IdentityOf(status), null));
        else if (status.Kind == FileKind.Directory)
            report.Fail($"local {TransferReport.Quote(local)} is not a regular file");
        else
            await FileAsync(local, remote);
        await _trees.FinishAsync();
        await _files.FinishAsync();
        await Directories.FinishAsync();
    }

    private async ValueTask DirectoryAsync(string local, string remote, FileStatus status, DirectoryChain chain)
    {
        List<string> names = [];
        int error = LocalFiles.List(local, names);
        if (error != 0)
        {
            report.Fail($"local opendir {TransferReport.Quote(local)}: {Errno.Text(error)}");
            return;
        }

        if (!await Directories.MakeAsync(remote, status.Mode & PermissionBits))
            return;
        if (options.Preserve)
            Directories.Mark(remote, Metadata(status));
        foreach (string name in names)
        {
            if (report.IsCancelled)
                break;
            await EntryAsync(LocalFiles.Join(local, name), LocalFiles.Join(remote, name), chain);
        }
    }

    private static string IdentityOf(in FileStatus status) => $"{status.Identity.Device}:{status.Identity.Inode}";

    private async ValueTask EntryAsync(string local, string remote, DirectoryChain above)
    {
        int error = LocalFiles.Status(local, out FileStatus status, options.FollowLinks);
        if (error != 0)
            report.Fail($"stat local {TransferReport.Quote(local)}: {Errno.Text(error)}");
        else if (status.Kind == FileKind.Directory && above.Contains(IdentityOf(status)))
            report.Fail($"local {TransferReport.Quote(local)} is a link to a directory above it: left out");
        else if (status.Kind == FileKind.Directory)
            await BelowAsync(local, remote, status, new DirectoryChain(IdentityOf(status), above));
        else if (status.Kind == FileKind.Regular)
            await _files.StartAsync(() => FileAsync(local, remote));
        else if (status.Kind == FileKind.Link)
            report.Note($"{TransferReport.Quote(local)}: not a regular file");
        else
            report.Fail($"{TransferReport.Quote(local)}: not a regular file");
    }

    /// <summary>Beside the directory above it, as long as there is room: each waits for answers of its own.</summary>
    private ValueTask BelowAsync(string local, string remote, FileStatus status, DirectoryChain chain) =>
        _trees.TryStart(() => DirectoryAsync(local, remote, status, chain)) ? default : DirectoryAsync(local, remote, status, chain);

    private async ValueTask FileAsync(string local, string remote)
    {
        if (report.IsCancelled)
            return;
        int error = LocalFiles.OpenToRead(local, out OwnedFd? file);
        using (file)
        {
            if (error != 0)
            {
                report.Fail($"open local {TransferReport.Quote(local)}: {Errno.Text(error)}");
                return;
            }

            error = FileStatus.OfDescriptor(file!.Value, out FileStatus status);
            if (error != 0 || status.Kind != FileKind.Regular)
            {
                report.Fail(error != 0 ? $"stat local {TransferReport.Quote(local)}: {Errno.Text(error)}" : $"local {TransferReport.Quote(local)} is not a regular file");
                return;
            }

            await SendAsync(local, remote, file, status);
        }
    }

    private async ValueTask SendAsync(string local, string remote, OwnedFd file, FileStatus status)
    {
        string place = options.Atomic ? TemporaryName.Beside(remote) : remote, step = Opening;
        bool isBeside = false;
        try
        {
            long start = options.Resume ? await FindStartAsync(remote) : 0;
            if (start > status.Size)
            {
                report.Fail($"cannot resume the upload of {TransferReport.Quote(local)}: {(start == Unknown ? "the server does not tell the size of the remote file" : "the remote file is larger")}");
                return;
            }

            if (options.Atomic && await client.FindAsync(remote) is { } old && SftpClient.KindOf(old) != FileKind.Regular)
            {
                report.Fail($"{TransferReport.Quote(remote)}: not a regular file");
                return;
            }

            SftpOpenFlags truncate = options.Resume ? SftpOpenFlags.None : SftpOpenFlags.Truncate;
            byte[] handle = (await client.OpenAsync(place, SftpOpenFlags.Write | SftpOpenFlags.Create | truncate, status.Mode & PermissionBits)).Handle;
            isBeside = options.Atomic;
            step = "write remote";
            if (!await WriteAsync(local, remote, handle, file, status, start) || !options.Atomic)
                return;
            step = "rename to";
            await client.RenameAsync(place, remote, replace: true);
            isBeside = false;
        }
        catch (SftpException refusal)
        {
            report.Fail($"{step} {TransferReport.Quote(remote)}: {refusal.Message}{(step == Opening ? "" : $"; it {Left}")}");
        }
        catch (SftpLostException lost)
        {
            report.Fail($"{step} {TransferReport.Quote(remote)}: {lost.Message}; it {Left}");
            throw;
        }
        finally
        {
            if (isBeside)
                await client.DiscardAsync(place);
        }
    }

    /// <summary>How much of it is there. What cannot be seen may be there all the same.</summary>
    private async ValueTask<long> FindStartAsync(string remote)
    {
        try
        {
            SftpAttributes found = (await client.StatusAsync(remote)).Attributes;
            return found.HasSize ? (long)Math.Min(found.Size, long.MaxValue - 1) : Unknown;
        }
        catch (SftpException refusal)
        {
            return refusal.Status == SftpStatus.NoSuchFile ? 0 : Unknown;
        }
    }

    /// <summary>
    /// Metadata and close are on their way behind the data already, before anything is answered: requests on one file are served in their order
    /// (draft-ietf-secsh-filexfer-02, section 6.1).
    /// </summary>
    /// <returns>False: it is not whole, and that was told.</returns>
    private async ValueTask<bool> WriteAsync(string local, string remote, byte[] handle, OwnedFd file, FileStatus status, long start)
    {
        LocalSource source = new(file.Value, status.HasHoles && !options.Resume, status.Size);
        ProgressEntry? progress = report.Meter?.Begin(LocalFiles.NameOf(local), status.Size, start);
        BulkWrite write = new(client.Bulk, handle, source, start) { Progress = progress is null ? null : progress.Advance };
        report.Cancelled += write.Cancel;
        try
        {
            await write.SendAsync();
            bool whole = !write.SourceFailed && !write.IsCancelled && (write.End >= status.Size || source.IsAllAt(write.End));
            ValueTask settling = SettleAsync(handle, write, whole);
            ValueTask metadata = whole && options.Preserve ? SetMetadataAsync(remote, handle, status) : default;
            ValueTask<bool> closing = CloseAsync(remote, handle);
            await write.FinishAsync();
            await settling;
            await metadata;
            bool closed = await closing;
            if (whole)
                progress?.Complete();
            else
                report.Fail(Reason(local, remote, source, write));
            return whole && closed;
        }
        finally
        {
            report.Cancelled -= write.Cancel;
            if (progress is not null)
                report.Meter!.End(progress);
        }
    }

    private string Reason(string local, string remote, LocalSource source, BulkWrite write)
    {
        string left = $"{TransferReport.Quote(remote)} {Left}";
        return source.Error != 0 ? $"read local {TransferReport.Quote(local)}: {Errno.Text(source.Error)}; {left}"
            : write.IsCancelled ? $"upload of {TransferReport.Quote(local)} was stopped; {left}"
            : $"local {TransferReport.Quote(local)} became shorter while it was read; {left}";
    }

    private async ValueTask<bool> CloseAsync(string remote, byte[] handle)
    {
        try
        {
            if (client.Session.Lost is null)
                await client.CloseAsync(handle);
            return true;
        }
        catch (SftpException refusal)
        {
            report.Fail($"close remote {TransferReport.Quote(remote)}: {refusal.Message}");
            return false;
        }
    }

    /// <summary>A hole at the end, and the disk: without them it is not there.</summary>
    private async ValueTask SettleAsync(byte[] handle, BulkWrite write, bool whole)
    {
        bool endsWithHole = whole && write.Written < write.End;
        ValueTask<SftpReply> sized = endsWithHole ? client.SetStatusAsync(handle, new SftpAttributes { Flags = SftpAttributeFlags.Size, Size = (ulong)write.End }) : default;
        if (options.Synchronize)
            await client.SynchronizeAsync(handle);
        await sized;
    }

    /// <summary>A file of another owner keeps its own, and some servers know none: its content is there all the same.</summary>
    private async ValueTask SetMetadataAsync(string remote, byte[] handle, FileStatus status)
    {
        try
        {
            await client.SetStatusAsync(handle, Metadata(status));
        }
        catch (SftpException refusal)
        {
            report.Note($"remote fsetstat {TransferReport.Quote(remote)}: {refusal.Message}");
        }
    }

    private static SftpAttributes Metadata(in FileStatus status) => new()
    {
        Flags = SftpAttributeFlags.Permissions | SftpAttributeFlags.Times,
        Permissions = status.Mode & PermissionBits,
        Accessed = (uint)Math.Clamp(status.Accessed, 0, uint.MaxValue),
        Modified = (uint)Math.Clamp(status.Modified, 0, uint.MaxValue),
    };
}
