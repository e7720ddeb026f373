using Microsoft.Extensions.Logging;
using Qssh.Platform;
using Qssh.Platform.Native;

namespace Qssh.Sftp.Server;

/// <summary>Requests on open files.</summary>
internal sealed partial class SftpResponder
{
    private const uint PermissionBits = 0x1FF; // 0777
    private const uint ModeBits = 0xFFF; // 07777

    private void Open(uint id, ref SftpReader reader, ref SftpWriter reply)
    {
        ReadOnlySpan<byte> path = TakePath(ref reader, _first);
        SftpOpenFlags wanted = (SftpOpenFlags)reader.U32("open flags");
        SftpAttributes attributes = reader.Attributes();
        // Bits that let a file run as somebody else are set by a request that says so, never along the way.
        uint mode = attributes.HasPermissions ? attributes.Permissions & PermissionBits : 0x1B6; // 0666
        int flags = SystemFlags(wanted);
        if (log.IsEnabled(LogLevel.Information))
            log.Opened(Text(path), FlagsText(wanted), Convert.ToString(mode, 8));

        bool changes = (flags & (Libc.O_ACCMODE | Libc.O_CREAT | Libc.O_TRUNC)) != Libc.O_RDONLY;
        if (policy.IsReadOnly && changes)
        {
            log.Refused("open for writing");
            SendStatus(id, SftpStatus.PermissionDenied, ref reply);
            return;
        }

        OpenAndReply(id, path, flags, mode, ref reply);
    }

    private void OpenDirectory(uint id, ref SftpReader reader, ref SftpWriter reply)
    {
        ReadOnlySpan<byte> path = TakePath(ref reader, _first);
        Note(SftpRequest.OpenDirectory, path);
        OpenAndReply(id, path, Libc.O_RDONLY | Libc.O_DIRECTORY, 0, ref reply);
    }

    private void OpenAndReply(uint id, scoped ReadOnlySpan<byte> path, int flags, uint mode, ref SftpWriter reply)
    {
        // Before the file is made or emptied.
        if (_handles.IsFull)
        {
            SendError(id, Errno.TooManyOpenInProcess, ref reply);
            return;
        }

        // A pipe or a line that somebody put in the place of a file must not hold us, or become our terminal.
        int error = files.Open(path, flags | Libc.O_NONBLOCK | Libc.O_NOCTTY, mode, out OwnedFd? file);
        if (file is null)
        {
            SendError(id, error, ref reply);
            return;
        }

        Span<byte> name = stackalloc byte[HandleTable.NameSize];
        _handles.Add(new OpenHandle(file, path[..^1].ToArray(), (flags & Libc.O_DIRECTORY) != 0), name);
        reply.Begin(SftpPacketType.Handle, id);
        reply.ByteString(name);
        reply.End();
    }

    private void Close(uint id, ref SftpReader reader, ref SftpWriter reply)
    {
        if (_handles.Remove(reader.Handle()) is not { } handle)
        {
            SendUnknownHandle(id, ref reply);
            return;
        }

        if (log.IsEnabled(LogLevel.Information))
        {
            if (handle.Directory is null)
                log.Closed(Text(handle.Path), handle.BytesRead, handle.BytesWritten);
            else
                log.Requested("closedir", Text(handle.Path));
        }

        SendError(id, handle.Close(), ref reply);
    }

    private void Read(uint id, ref SftpReader reader, ref SftpWriter reply)
    {
        OpenHandle? handle = FindFile(reader.Handle());
        long offset = (long)reader.U64("offset");
        int length = (int)Math.Min(reader.U32("length"), SftpLimits.Data);
        if (handle is null)
        {
            SendUnknownHandle(id, ref reply);
            return;
        }

        reply.Begin(SftpPacketType.Data, id);
        int count = reply.Position;
        reply.U32(0);
        IoResult read = FileData.Read(handle.File, reply.Reserve(length), offset);
        if (!read.IsOk || (read.Count == 0 && length > 0))
        {
            reply.Abandon();
            if (read.IsOk)
                SendStatus(id, SftpStatus.EndOfFile, ref reply);
            else
                SendError(id, read.Error, ref reply);
            return;
        }

        reply.Shrink(length - read.Count);
        reply.PatchU32(count, (uint)read.Count);
        reply.End();
        handle.BytesRead += read.Count;
    }

    private void Write(uint id, ref SftpReader reader, ref SftpWriter reply)
    {
        OpenHandle? handle = FindFile(reader.Handle());
        long offset = (long)reader.U64("offset");
        ReadOnlySpan<byte> data = reader.Data();
        if (handle is null)
        {
            SendUnknownHandle(id, ref reply);
            return;
        }

        int error = FileData.Write(handle.File, data, offset);
        if (error == 0)
            handle.BytesWritten += data.Length;
        SendError(id, error, ref reply);
    }

    private void HandleStatus(uint id, ref SftpReader reader, ref SftpWriter reply)
    {
        if (_handles.Find(reader.Handle()) is not { } handle)
            SendUnknownHandle(id, ref reply);
        else if (FileStatus.OfDescriptor(handle.File, out FileStatus status) is not 0 and int error)
            SendError(id, error, ref reply);
        else
            SendAttributes(id, status, ref reply);
    }

    private void HandleSetStatus(uint id, ref SftpReader reader, ref SftpWriter reply)
    {
        OpenHandle? handle = _handles.Find(reader.Handle());
        SftpAttributes attributes = reader.Attributes();
        if (handle is null)
        {
            SendUnknownHandle(id, ref reply);
            return;
        }

        NoteSet(handle.Path, attributes);
        int error = 0;
        if (attributes.HasSize)
            error = FileChange.Size(handle.File, (long)attributes.Size);
        if (attributes.HasPermissions && FileChange.Mode(handle.File, attributes.Permissions & ModeBits) is not 0 and int modeError)
            error = modeError;
        if (attributes.HasTimes && FileChange.Times(handle.File, attributes.Accessed, attributes.Modified) is not 0 and int timeError)
            error = timeError;
        if (attributes.HasOwner && FileChange.Owner(handle.File, attributes.Uid, attributes.Gid) is not 0 and int ownerError)
            error = ownerError;
        SendError(id, error, ref reply);
    }

    private void HandleFileSystem(uint id, ref SftpReader reader, ref SftpWriter reply)
    {
        if (_handles.Find(reader.Handle()) is { } handle)
            SendFileSystem(id, FileSystemStatus.OfDescriptor(handle.File, out FileSystemStatus status), status, ref reply);
        else
            SendUnknownHandle(id, ref reply);
    }

    private void Synchronize(uint id, ref SftpReader reader, ref SftpWriter reply)
    {
        if (_handles.Find(reader.Handle()) is not { } handle)
        {
            SendUnknownHandle(id, ref reply);
            return;
        }

        Note(SftpRequest.Synchronize, handle.Path);
        SendError(id, Descriptor.Synchronize(handle.File), ref reply);
    }

    private void CopyData(uint id, ref SftpReader reader, ref SftpWriter reply)
    {
        OpenHandle? source = FindFile(reader.Handle());
        ulong from = reader.U64("read offset"), length = reader.U64("read length");
        OpenHandle? target = FindFile(reader.Handle());
        ulong to = reader.U64("write offset");
        if (source is null || target is null)
        {
            SendUnknownHandle(id, ref reply);
            return;
        }

        if (log.IsEnabled(LogLevel.Information))
            log.Requested("copy-data", Text(source.Path), Text(target.Path));
        DataCopy copy = new(source.File, target.File);
        int error = source == target ? Errno.Invalid : copy.Run(from, length, to);
        source.BytesRead += copy.Copied;
        target.BytesWritten += copy.Copied;
        if (error == 0 && copy.EndedEarly)
            SendStatus(id, SftpStatus.EndOfFile, ref reply);
        else if (error == Errno.Invalid)
            SendStatus(id, SftpStatus.Failure, ref reply);
        else
            SendError(id, error, ref reply);
    }

    private OpenHandle? FindFile(ReadOnlySpan<byte> name) => _handles.Find(name) is { Directory: null } handle ? handle : null;

    /// <summary>"No such file" to OpenSSH's clients would send them looking; "failure" is what its server says to a handle that is none.</summary>
    private void SendUnknownHandle(uint id, ref SftpWriter reply) => SendStatus(id, SftpStatus.Failure, "Invalid handle"u8, ref reply);

    private static int SystemFlags(SftpOpenFlags wanted)
    {
        int flags = (wanted & (SftpOpenFlags.Read | SftpOpenFlags.Write)) switch
        {
            SftpOpenFlags.Read | SftpOpenFlags.Write => Libc.O_RDWR,
            SftpOpenFlags.Write => Libc.O_WRONLY,
            _ => Libc.O_RDONLY,
        };
        if ((wanted & SftpOpenFlags.Append) != 0)
            flags |= Libc.O_APPEND;
        if ((wanted & SftpOpenFlags.Truncate) != 0)
            flags |= Libc.O_TRUNC;
        if ((wanted & SftpOpenFlags.Create) != 0)
            flags |= Libc.O_CREAT | ((wanted & SftpOpenFlags.Exclusive) != 0 ? Libc.O_EXCL : 0);
        return flags;
    }

    private static string FlagsText(SftpOpenFlags flags)
    {
        List<string> words = [];
        foreach ((SftpOpenFlags flag, string word) in (ReadOnlySpan<(SftpOpenFlags, string)>)
            [(SftpOpenFlags.Read, "READ"), (SftpOpenFlags.Write, "WRITE"), (SftpOpenFlags.Append, "APPEND"),
             (SftpOpenFlags.Create, "CREATE"), (SftpOpenFlags.Truncate, "TRUNCATE"), (SftpOpenFlags.Exclusive, "EXCL")])
        {
            if ((flags & flag) != 0)
                words.Add(word);
        }

        return string.Join(',', words);
    }
}
