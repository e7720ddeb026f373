using Microsoft.Extensions.Logging;
using Qssh.Platform;
using Qssh.Platform.Native;

namespace Qssh.Sftp.Server;

/// <summary>Requests on names.</summary>
internal sealed partial class SftpResponder
{
    /// <summary>Of one reply to SSH_FXP_READDIR: old clients take packets of 34000 bytes.</summary>
    private const int ListingSize = 32000;

    /// <summary>Requests that do one thing with one or two names and answer with a status, and the two that answer with a name.</summary>
    private void AnswerNamed(SftpRequest request, uint id, ref SftpReader reader, ref SftpWriter reply)
    {
        switch (request)
        {
            case SftpRequest.MakeDirectory:
                MakeDirectory(id, ref reader, ref reply);
                return;
            case SftpRequest.RealPath:
                SendRealPath(id, TakePath(ref reader, _first), ref reply);
                return;
            case SftpRequest.ReadLink:
                ReadLink(id, TakePath(ref reader, _first), ref reply);
                return;
        }

        ReadOnlySpan<byte> path = TakePath(ref reader, _first);
        if (request is SftpRequest.Remove or SftpRequest.RemoveDirectory)
        {
            Note(request, path);
            SendError(id, request == SftpRequest.Remove ? files.Remove(path) : files.RemoveDirectory(path), ref reply);
            return;
        }

        ReadOnlySpan<byte> second = TakePath(ref reader, _second);
        if (log.IsEnabled(LogLevel.Information))
            log.Requested(SftpRequests.Rows[(int)request].Name, Text(path), Text(second));
        SendError(id, request switch
        {
            SftpRequest.Rename => RenameUnlessThere(path, second),
            SftpRequest.PosixRename => files.Rename(path, second, replace: true),
            SftpRequest.HardLink => files.Link(path, second),
            // Not as the draft has them: what the link leads to comes first on every deployed server (OpenSSH's PROTOCOL, section 4.1).
            SftpRequest.SymbolicLink => files.SymbolicLink(path, second),
            _ => Errno.NotImplemented,
        }, ref reply);
    }

    /// <summary>Section 6.5: it is an error if there is something of the new name.</summary>
    private int RenameUnlessThere(ReadOnlySpan<byte> path, ReadOnlySpan<byte> newPath)
    {
        int error = files.Rename(path, newPath, replace: false);
        if (error is not (Errno.Invalid or Errno.NotImplemented))
            return error;

        // A file system that cannot promise it; the wrong order of two clients may then replace a file.
        int there = files.Status(newPath, follow: false, out _);
        return there == Errno.NoEntry ? files.Rename(path, newPath, replace: true) : there == 0 ? Errno.Exists : there;
    }

    private void MakeDirectory(uint id, ref SftpReader reader, ref SftpWriter reply)
    {
        ReadOnlySpan<byte> path = TakePath(ref reader, _first);
        SftpAttributes attributes = reader.Attributes();
        uint mode = attributes.HasPermissions ? attributes.Permissions & PermissionBits : PermissionBits;
        Note(SftpRequest.MakeDirectory, path);
        SendError(id, files.MakeDirectory(path, mode), ref reply);
    }

    private void Status(uint id, ref SftpReader reader, bool follow, ref SftpWriter reply)
    {
        ReadOnlySpan<byte> path = TakePath(ref reader, _first);
        if (files.Status(path, follow, out FileStatus status) is not 0 and int error)
            SendError(id, error, ref reply);
        else
            SendAttributes(id, status, ref reply);
    }

    private void SetStatus(uint id, ref SftpReader reader, bool follow, ref SftpWriter reply)
    {
        ReadOnlySpan<byte> path = TakePath(ref reader, _first);
        SftpAttributes attributes = reader.Attributes();
        NoteSet(path, attributes);
        int error = 0;
        if (attributes.HasSize)
            error = follow ? files.ChangeSize(path, (long)attributes.Size) : Errno.Invalid; // a link has no size to set
        if (attributes.HasPermissions && files.ChangeMode(path, attributes.Permissions & ModeBits, follow) is not 0 and int modeError)
            error = modeError;
        if (attributes.HasTimes && files.ChangeTimes(path, attributes.Accessed, attributes.Modified, follow) is not 0 and int timeError)
            error = timeError;
        if (attributes.HasOwner && files.ChangeOwner(path, attributes.Uid, attributes.Gid, follow) is not 0 and int ownerError)
            error = ownerError;
        SendError(id, error, ref reply);
    }

    private void ReadLink(uint id, scoped ReadOnlySpan<byte> path, ref SftpWriter reply)
    {
        int error = files.ReadLink(path, _second, out int length);
        if (error == 0)
            SendName(id, _second.AsSpan(0, length), ref reply);
        else
            SendError(id, error, ref reply);
    }

    private void SendRealPath(uint id, scoped ReadOnlySpan<byte> path, ref SftpWriter reply)
    {
        int error = files.RealPath(path, _second, out int length);
        if (error == 0)
            SendName(id, _second.AsSpan(0, length), ref reply);
        else
            SendError(id, error, ref reply);
    }

    private void FileSystem(uint id, ref SftpReader reader, ref SftpWriter reply)
    {
        ReadOnlySpan<byte> path = TakePath(ref reader, _first);
        SendFileSystem(id, files.FileSystem(path, out FileSystemStatus status), status, ref reply);
    }

    private void SendFileSystem(uint id, int error, in FileSystemStatus status, ref SftpWriter reply)
    {
        if (error != 0)
        {
            SendError(id, error, ref reply);
            return;
        }

        SftpFileSystem system = new()
        {
            BlockSize = status.BlockSize,
            FragmentSize = status.FragmentSize,
            Blocks = status.Blocks,
            FreeBlocks = status.FreeBlocks,
            AvailableBlocks = status.AvailableBlocks,
            Files = status.Files,
            FreeFiles = status.FreeFiles,
            AvailableFiles = status.AvailableFiles,
            Id = status.Id,
            IsReadOnly = status.IsReadOnly,
            IgnoresSetUid = status.IgnoresSetUid,
            MaxName = status.MaxName,
        };
        reply.Begin(SftpPacketType.ExtendedReply, id);
        system.Write(ref reply);
        reply.End();
    }

    private void ReadDirectory(uint id, ref SftpReader reader, ref SftpWriter reply)
    {
        OpenHandle? handle = _handles.Find(reader.Handle());
        if (handle?.Directory is null)
        {
            SendUnknownHandle(id, ref reply);
            return;
        }

        reply.Begin(SftpPacketType.Name, id);
        int place = reply.Position;
        reply.U32(0);
        int error = WriteListing(handle, place, out uint count, ref reply);
        reply.PatchU32(place, count);
        if (count > 0)
        {
            // An error after some names comes again with the next request.
            reply.End();
            return;
        }

        reply.Abandon();
        if (error == 0)
            SendStatus(id, SftpStatus.EndOfFile, ref reply);
        else
            SendError(id, error, ref reply);
    }

    private int WriteListing(OpenHandle handle, int start, out uint count, ref SftpWriter reply)
    {
        const int PerName = 3 * sizeof(uint) + SftpAttributes.MaxSize + ListingLine.MaxHead;
        long now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        count = 0;
        while (true)
        {
            int error = handle.Directory!.Next(out ReadOnlySpan<byte> name);
            if (error != 0 || name.IsEmpty)
                return error;
            if (reply.Position - start + PerName + 2 * name.Length > ListingSize)
            {
                handle.Directory.PutBack();
                return 0;
            }

            // Above the root there is nothing that the client should know of.
            ReadOnlySpan<byte> asked = files.IsRooted && name.SequenceEqual("..\0"u8) ? ".\0"u8 : name;
            // What has gone meanwhile is not listed.
            if (FileStatus.OfName(handle.File, asked, NamedFile.NoFollow, out FileStatus status) != 0)
                continue;
            WriteName(name[..^1], status, now, ref reply);
            count++;
        }
    }

    private void WriteName(scoped ReadOnlySpan<byte> name, in FileStatus status, long now, ref SftpWriter reply)
    {
        reply.ByteString(name);
        int place = reply.Position;
        reply.U32(0);
        int room = ListingLine.MaxHead + name.Length;
        int length = ListingLine.Write(reply.Reserve(room), name, status, _names, now);
        reply.Shrink(room - length);
        reply.PatchU32(place, (uint)length);
        reply.Attributes(ToAttributes(status));
    }

    private void NoteSet(ReadOnlySpan<byte> path, in SftpAttributes attributes)
    {
        if (!log.IsEnabled(LogLevel.Information))
            return;
        string name = Text(path);
        if (attributes.HasSize)
            log.Set(name, $"size {attributes.Size}");
        if (attributes.HasPermissions)
            log.Set(name, "mode 0" + Convert.ToString(attributes.Permissions & ModeBits, 8));
        if (attributes.HasTimes)
            log.Set(name, $"modtime {attributes.Modified}");
        if (attributes.HasOwner)
            log.Set(name, $"owner {attributes.Uid} group {attributes.Gid}");
    }
}
