using Qssh.Platform;
using Qssh.Platform.Native;
using Qssh.Sftp;

namespace Qssh.Files.Legacy;

/// <summary>Writes what a source sends below a target of this machine.</summary>
internal sealed class LegacySink(LegacyPeer source, TransferOptions options, ProgressMeter? meter = null)
{
    private const uint OwnerWrite = 0x80, OwnerAll = 0x1C0;

    /// <summary>The open directories; each gets its times and mode when everything in it is there.</summary>
    private readonly Stack<DirectoryMark> _open = [];
    private LegacyRecord? _times;

    /// <returns>How many files and directories came at the top.</returns>
    /// <exception cref="LegacyEndException">It could not go on.</exception>
    public int Run(string target, bool mustBeDirectory, LegacyRequest? request)
    {
        bool isDirectory = LocalFiles.IsDirectory(target);
        if (!isDirectory && (mustBeDirectory || target.EndsWith('/')) && !(options.Recursive && !mustBeDirectory && !LocalFiles.Exists(target)))
            throw source.End($"{TransferReport.Quote(target)}: {Errno.Text(LocalFiles.Exists(target) ? Errno.NotDirectory : Errno.NoEntry)}");
        LegacyIncoming incoming = new(source, options, request, isDirectory);
        source.Accept();
        while (incoming.Next() is { } record)
        {
            string directory = _open.TryPeek(out DirectoryMark? above) ? above.Path : target;
            string path = _open.Count > 0 || isDirectory ? LocalFiles.Join(directory, record.Name) : target;
            switch (record.Kind)
            {
                case 'T':
                    _times = record;
                    source.Accept();
                    continue;
                case 'E':
                    Answer(Finish(_open.Pop()));
                    break;
                case 'D' when Make(path, record):
                    incoming.Enter();
                    source.Accept();
                    break;
                case 'C':
                    Answer(Receive(path, record));
                    break;
            }

            _times = null;
        }

        return incoming.Count;
    }

    private void Answer(string? fault)
    {
        if (fault is null)
            source.Accept();
        else
            source.Fail(fault);
    }

    private bool Make(string path, LegacyRecord record)
    {
        int error = LocalFiles.MakeDirectory(path, record.Mode | OwnerAll);
        bool isNew = error == 0;
        if (!isNew && !(error == Errno.Exists && LocalFiles.IsDirectory(path)))
        {
            source.Fail($"mkdir {TransferReport.Quote(path)}: {Errno.Text(error)}");
            return false;
        }

        SftpAttributes last = Times();
        if (options.Preserve || (isNew && (record.Mode & OwnerAll) != OwnerAll))
        {
            last.Flags |= SftpAttributeFlags.Permissions;
            last.Permissions = record.Mode;
        }

        _open.Push(new DirectoryMark(path, last));
        return true;
    }

    private SftpAttributes Times() => !options.Preserve || _times is not { } times ? default : new()
    {
        Flags = SftpAttributeFlags.Times,
        Accessed = (uint)Math.Min(times.Accessed, uint.MaxValue),
        Modified = (uint)Math.Min(times.Modified, uint.MaxValue),
    };

    private static string? Finish(DirectoryMark directory)
    {
        SftpAttributes last = directory.Attributes;
        int error = last.HasPermissions ? LocalFiles.SetMode(directory.Path, last.Permissions) : 0;
        if (error == 0 && last.HasTimes)
            error = LocalFiles.SetTimes(directory.Path, last.Accessed, last.Modified);
        return error == 0 ? null : $"setstat on {TransferReport.Quote(directory.Path)}: {Errno.Text(error)}";
    }

    /// <returns>What failed; null: nothing, or it was told.</returns>
    private string? Receive(string path, LegacyRecord record)
    {
        int error = LocalFiles.OpenToWrite(path, truncate: true, record.Mode | OwnerWrite, out OwnedFd? file);
        using (file)
        {
            FileStatus status = default;
            if (error == 0)
                error = FileStatus.OfDescriptor(file!.Value, out status);
            if (error != 0)
                return $"open {TransferReport.Quote(path)}: {Errno.Text(error)}";
            source.Accept();
            LocalSink sink = new(file!.Value, status.Kind == FileKind.Regular, isFresh: true);
            error = Fill(path, sink, record.Size);
            // The source's last word on the file: a zero byte, or what it could not read.
            bool isWhole = source.ReadReply(path);
            if (error != 0)
                return $"write {TransferReport.Quote(path)}: {Errno.Text(error)}; it is not whole";
            return isWhole ? Complete(path, file, record) : $"{TransferReport.Quote(path)} is not whole";
        }
    }

    /// <summary>Takes all data, also when it cannot be kept: only so the next record is found.</summary>
    private int Fill(string path, LocalSink sink, long size)
    {
        ProgressEntry? progress = meter?.Begin(LocalFiles.NameOf(path), size);
        for (long at = 0; at < size;)
        {
            ReadOnlySpan<byte> data = source.Link.Read(size - at);
            if (data.IsEmpty)
                throw source.Lost(path);
            if (sink.Error == 0)
                sink.Write(at, data);
            at += data.Length;
            progress?.Advance(data.Length);
            meter?.Refresh();
        }

        if (progress is not null)
            meter!.End(progress);
        return sink.Error != 0 ? sink.Error : sink.Finish(size);
    }

    private string? Complete(string path, OwnedFd file, LegacyRecord record)
    {
        int error = options.Preserve ? FileChange.Mode(file.Value, record.Mode) : 0;
        SftpAttributes times = Times();
        if (error == 0 && times.HasTimes)
            error = FileChange.Times(file.Value, times.Accessed, times.Modified);
        if (error != 0)
            return $"setstat on {TransferReport.Quote(path)}: {Errno.Text(error)}";
        return file.Close() is not 0 and int last ? $"close {TransferReport.Quote(path)}: {Errno.Text(last)}" : null;
    }
}
