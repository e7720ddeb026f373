using Qssh.Platform;
using Qssh.Platform.Native;
using Qssh.Sftp;
using Qssh.Sftp.Client;

namespace Qssh.Files;

/// <summary>Copies single files of a server to local names that the caller has decided. What fails is told to the report; only a lost session throws.</summary>
internal sealed class FileDownload(SftpClient client, TransferOptions options, TransferReport report)
{
    private const uint PermissionBits = 0x1FF; // 0777: setuid and its like are never carried over
    private const uint OwnerWrite = 0x80;

    /// <summary>From here on a thread that writes is worth its turns.</summary>
    private const int SmallestGathered = 2 * FileWriter.BufferSize;

    private FileWriter? _writer;

    /// <summary>What is to be said of a target that did not come.</summary>
    private string Left => options.Atomic ? "stays as it was" : "is not whole";

    public async ValueTask CopyAsync(string remote, string local, SftpAttributes attributes)
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
                report.Fail($"{TransferReport.Quote(local)}: not a regular file");
            else
                await ReplaceAsync(remote, local, handle, attributes);
        }
        catch (SftpException refusal)
        {
            report.Fail($"{(handle is null ? "open" : "read")} remote {TransferReport.Quote(remote)}: {refusal.Message}{(handle is null ? "" : $"; {TransferReport.Quote(local)} {Left}")}");
        }
        catch (SftpLostException lost) when (handle is not null)
        {
            report.Fail($"read remote {TransferReport.Quote(remote)}: {lost.Message}; {TransferReport.Quote(local)} {Left}");
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
                report.Fail($"rename to {TransferReport.Quote(local)}: {Errno.Text(error)}");
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
                report.Fail($"local open {TransferReport.Quote(local)}: {Errno.Text(error)}");
                return false;
            }

            long start = options.Resume ? status.Size : 0;
            if (start > 0 && (!attributes.HasSize || attributes.Size < (ulong)start))
            {
                report.Fail($"cannot resume the download of {TransferReport.Quote(remote)}: {(attributes.HasSize ? "the local file is larger" : "the server does not tell its size")}");
                return false;
            }

            // Files that the kernel makes up say 0 and have more.
            long? size = attributes.HasSize && attributes.Size is > 0 and <= long.MaxValue ? (long)attributes.Size : null;
            LocalSink target = new(file!.Value, status.Kind == FileKind.Regular, isFresh: !options.Resume);
            GatheringSink sink = new(target, size - start >= SmallestGathered ? _writer ??= new FileWriter() : null);
            return await ReadAsync(remote, local, handle, sink, start, size, status.Kind != FileKind.Regular) && Finish(local, file, attributes);
        }
    }

    /// <returns>False: it is not whole, and that was told.</returns>
    private async ValueTask<bool> ReadAsync(string remote, string local, byte[] handle, GatheringSink sink, long start, long? size, bool inOrder)
    {
        ProgressEntry? progress = report.Meter?.Begin(LocalFiles.NameOf(local), size ?? 0, start);
        OrderedSink ordered = new(sink, start);
        BulkRead read = new(client.Bulk, handle, ordered, start, size, inOrder) { Progress = progress is null ? null : progress.Advance };
        report.Cancelled += read.Cancel;
        try
        {
            await read.RunAsync();
            ReadEnd end = read.End;
            if (end == ReadEnd.Short && ordered.Backlog == 0 && await EarlyEnd.IsAllAsync(client, handle, ordered.Reached))
                end = ReadEnd.Whole;
            int error = end == ReadEnd.Whole ? sink.Finish(ordered.Reached) : sink.Settle();
            if (end == ReadEnd.Whole && error == 0)
                return true;
            report.Fail(error != 0 ? $"write local {TransferReport.Quote(local)}: {Errno.Text(error)}; it {Left}"
                : end == ReadEnd.Cancelled ? $"download of {TransferReport.Quote(remote)} was stopped; {TransferReport.Quote(local)} {Left}"
                : $"remote {TransferReport.Quote(remote)} ended after {ordered.Reached} of {size} bytes; {TransferReport.Quote(local)} {Left}");
            return false;
        }
        finally
        {
            sink.Settle();
            report.Cancelled -= read.Cancel;
            if (progress is not null)
                report.Meter!.End(progress);
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
        // Modes and times may not be ours to set: the content is there all the same.
        if (error != 0)
            report.Note($"local setstat on {TransferReport.Quote(local)}: {Errno.Text(error)}");
        int failed = options.Synchronize ? Descriptor.Synchronize(file.Value) : 0, last = file.Close();
        if (failed != 0)
            report.Fail($"local fsync {TransferReport.Quote(local)}: {Errno.Text(failed)}");
        if (last != 0)
            report.Fail($"local close {TransferReport.Quote(local)}: {Errno.Text(last)}");
        return failed == 0 && last == 0;
    }

    /// <summary>Nothing is left to write; the thread that did it ends.</summary>
    public void EndWriting()
    {
        _writer?.Dispose();
        _writer = null;
    }
}
