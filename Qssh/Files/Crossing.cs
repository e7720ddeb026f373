using Qssh.Platform;
using Qssh.Sftp;
using Qssh.Sftp.Client;

namespace Qssh.Files;

/// <summary>Copies files from one server to another, through this machine and without touching its disk.</summary>
internal sealed class Crossing(SftpClient source, SftpClient target, TransferOptions options, TransferReport report)
{
    private const int MaxDepth = 64;
    private const uint PermissionBits = 0x1FF;

    private readonly ParallelTasks _files = new(() => Math.Min(8, Math.Min(source.ParallelFiles, target.ParallelFiles)));
    private RemoteDirectories? _directories;

    /// <summary>What is to be said of a target that did not get its content.</summary>
    private string Left => options.Atomic ? "stays as it was" : "is not whole";

    private RemoteDirectories Directories => _directories ??= new RemoteDirectories(target, report);

    public async ValueTask CopyAsync(string from, string to)
    {
        try
        {
            SftpAttributes attributes = (await source.StatusAsync(from)).Attributes;
            if (SftpClient.KindOf(attributes) == FileKind.Regular)
                await FileAsync(from, to, attributes);
            else if (options.Recursive && SftpClient.IsDirectory(attributes))
                await DirectoryAsync(from, to, attributes, [(await source.RealPathAsync(from)).Name]);
            else
                report.Fail($"{TransferReport.Quote(from)}: not a regular file");
        }
        catch (SftpException refusal)
        {
            report.Fail($"stat remote {TransferReport.Quote(from)}: {refusal.Message}");
        }

        await _files.FinishAsync();
        await Directories.FinishAsync();
    }

    /// <param name="above">Real paths of this directory and those above it.</param>
    private async ValueTask DirectoryAsync(string from, string to, SftpAttributes attributes, List<string> above)
    {
        if (above.Count > MaxDepth)
        {
            report.Fail($"{TransferReport.Quote(from)}: more than {MaxDepth} directories deep: left out");
            return;
        }

        if (await new RemoteDirectories(source, report).ListAsync(from) is not { } entries)
            return;
        if (!await Directories.MakeAsync(to, attributes.Permissions & PermissionBits))
            return;
        if (options.Preserve)
            Directories.Mark(to, Metadata(attributes));
        foreach (SftpEntry entry in entries)
        {
            if (report.IsCancelled)
                break;
            if (RemoteName.IsSafe(entry.Name, options.AnyName))
                await EntryAsync(LocalFiles.Join(from, entry.Name), LocalFiles.Join(to, entry.Name), entry.Attributes, above);
            else
                report.Fail($"{TransferReport.Quote(from)}: the server gave the name {TransferReport.Quote(entry.Name)}, which is refused");
        }
    }

    private async ValueTask EntryAsync(string from, string to, SftpAttributes attributes, List<string> above)
    {
        bool isLink = SftpClient.KindOf(attributes) == FileKind.Link;
        if (isLink && await source.FindAsync(from) is { } found)
            attributes = found.Attributes;
        switch (SftpClient.KindOf(attributes))
        {
            case FileKind.Directory:
                string real = isLink ? (await source.RealPathAsync(from)).Name : LocalFiles.Join(above[^1], LocalFiles.NameOf(from));
                if (isLink && above.Contains(real))
                {
                    report.Fail($"{TransferReport.Quote(from)}: a link to a directory above it: left out");
                    break;
                }

                above.Add(real);
                await DirectoryAsync(from, to, attributes, above);
                above.RemoveAt(above.Count - 1);
                break;
            case FileKind.Regular:
                await _files.StartAsync(() => FileAsync(from, to, attributes));
                break;
            default:
                report.Fail($"{TransferReport.Quote(from)}: not a regular file");
                break;
        }
    }

    private async ValueTask FileAsync(string from, string to, SftpAttributes attributes)
    {
        if (report.IsCancelled)
            return;
        byte[]? reading = null, writing = null;
        string place = options.Atomic ? TemporaryName.Beside(to) : to;
        bool mayStay = !options.Atomic;
        try
        {
            if (options.Atomic && await target.FindAsync(to) is { } old && SftpClient.KindOf(old) != FileKind.Regular)
            {
                report.Fail($"{TransferReport.Quote(to)}: not a regular file");
                return;
            }

            reading = (await source.OpenAsync(from, SftpOpenFlags.Read)).Handle;
            writing = (await target.OpenAsync(place, SftpOpenFlags.Write | SftpOpenFlags.Create | SftpOpenFlags.Truncate, attributes.HasPermissions ? attributes.Permissions & PermissionBits : null)).Handle;
            if (!await MoveAsync(from, to, reading, writing, attributes))
                return;
            if (options.Preserve)
                await SetMetadataAsync(to, writing, attributes);
            byte[] closing = writing;
            writing = null;
            await target.CloseAsync(closing);
            if (options.Atomic)
                await target.RenameAsync(place, to, replace: true);
            mayStay = true;
        }
        catch (SftpException refusal)
        {
            report.Fail($"{TransferReport.Quote(reading is null ? from : to)}: {refusal.Message}");
        }
        catch (SftpLostException lost) when (writing is not null)
        {
            report.Fail($"{TransferReport.Quote(to)}: {lost.Message}; it {Left}");
            throw;
        }
        finally
        {
            if (reading is not null)
                source.CloseLater(reading);
            if (writing is not null)
                target.CloseLater(writing);
            if (!mayStay)
                await target.DiscardAsync(place);
        }
    }

    private async ValueTask<bool> MoveAsync(string from, string to, byte[] reading, byte[] writing, SftpAttributes attributes)
    {
        long? size = attributes.HasSize && attributes.Size is > 0 and <= long.MaxValue ? (long)attributes.Size : null;
        Notifier drained = new();
        RelaySink sink = new(target, writing) { Drained = drained.Set };
        ProgressEntry? progress = report.Meter?.Begin(LocalFiles.NameOf(from), size ?? 0);
        BulkRead read = new(source.Bulk, reading, sink, 0, size) { Progress = progress is null ? null : progress.Advance, MaxBytes = RelaySink.Window };
        sink.Reader = read;
        report.Cancelled += read.Cancel;
        try
        {
            await read.RunAsync();
            ReadEnd end = read.End;
            while (!sink.IsIdle && target.Session.Lost is null)
                await drained.WaitAsync();
            if (sink.Fault is { } fault)
                throw fault;
            if (end == ReadEnd.Short && await EarlyEnd.IsAllAsync(source, reading, read.Received))
                end = ReadEnd.Whole;
            if (end == ReadEnd.Whole)
                return true;
            report.Fail(end == ReadEnd.Cancelled ? $"the copy of {TransferReport.Quote(from)} was stopped; {TransferReport.Quote(to)} {Left}"
                : $"{TransferReport.Quote(from)} ended after {read.Received} of {size} bytes; {TransferReport.Quote(to)} {Left}");
            return false;
        }
        finally
        {
            report.Cancelled -= read.Cancel;
            if (progress is not null)
                report.Meter!.End(progress);
        }
    }

    /// <summary>A file of another owner keeps its own, and some servers know none: its content is there all the same.</summary>
    private async ValueTask SetMetadataAsync(string to, byte[] writing, SftpAttributes attributes)
    {
        try
        {
            await target.SetStatusAsync(writing, Metadata(attributes));
        }
        catch (SftpException refusal)
        {
            report.Note($"remote fsetstat {TransferReport.Quote(to)}: {refusal.Message}");
        }
    }

    private static SftpAttributes Metadata(SftpAttributes attributes)
    {
        attributes.Flags &= SftpAttributeFlags.Permissions | SftpAttributeFlags.Times;
        attributes.Permissions &= PermissionBits;
        return attributes;
    }
}
