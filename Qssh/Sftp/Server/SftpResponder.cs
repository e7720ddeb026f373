using System.Text;
using Microsoft.Extensions.Logging;
using Qssh.Errors;
using Qssh.Platform;
using Qssh.Platform.Native;

namespace Qssh.Sftp.Server;

/// <summary>
/// Carries out requests of SFTP version 3 (draft-ietf-secsh-filexfer-02) and OpenSSH's extensions, one after the other, and writes one
/// reply to each. Status codes, formats and the meaning of what the draft leaves open are those of OpenSSH's sftp-server.
/// </summary>
/// <remarks>Every request is read to its end before anything is done, so what is malformed changes nothing.</remarks>
internal sealed partial class SftpResponder(FileTree files, RequestPolicy policy, UserAccount account, ILogger log) : IDisposable
{
    /// <summary>Room that <see cref="Answer"/> needs.</summary>
    public const int MaxReply = SftpLimits.Packet + SftpFrame.LengthSize;

    private readonly HandleTable _handles = new();
    private readonly IdNames _names = new();
    private readonly byte[] _first = new byte[SftpLimits.Path + 1];
    private readonly byte[] _second = new byte[SftpLimits.Path + 1];
    private bool _isOpen;

    /// <param name="packet">Without its length.</param>
    /// <exception cref="ProtocolException">The session was not opened: this is no client of ours.</exception>
    public void Answer(ReadOnlySpan<byte> packet, ref SftpWriter reply)
    {
        SftpReader reader = new(packet);
        SftpPacketType type = reader.Type();
        uint id = reader.U32("id");
        if (type == SftpPacketType.Init)
        {
            SendVersion(ref reply);
            return;
        }

        if (!_isOpen)
            ProtocolException.Throw("SFTP request before the session is open");
        try
        {
            Answer(type, id, ref reader, ref reply);
        }
        catch (ProtocolException fault)
        {
            log.SentStatus(fault.Message);
            SendStatus(id, SftpStatus.BadMessage, ref reply);
        }
    }

    /// <summary>Closes what the client left open.</summary>
    public void Dispose()
    {
        foreach (OpenHandle handle in _handles.All())
        {
            if (handle.Directory is null && log.IsEnabled(LogLevel.Information))
                log.ForceClosed(Text(handle.Path), handle.BytesRead, handle.BytesWritten);
        }

        _handles.Dispose();
    }

    private void Answer(SftpPacketType type, uint id, ref SftpReader reader, ref SftpWriter reply)
    {
        SftpRequest? request = type == SftpPacketType.Extended
            ? SftpRequests.OfExtension(reader.ByteString(SftpLimits.ExtensionName, "extension"))
            : SftpRequests.Of(type);
        if (request is not { } known)
        {
            SendStatus(id, SftpStatus.Unsupported, ref reply);
        }
        else if (!policy.Permits(known))
        {
            log.Refused(SftpRequests.Rows[(int)known].Name);
            SendStatus(id, SftpStatus.PermissionDenied, ref reply);
        }
        else if (SftpRequests.IsExtended(known))
        {
            AnswerExtended(known, id, ref reader, ref reply);
        }
        else
        {
            AnswerPlain(known, id, ref reader, ref reply);
        }
    }

    private void AnswerPlain(SftpRequest request, uint id, ref SftpReader reader, ref SftpWriter reply)
    {
        switch (request)
        {
            case SftpRequest.Open:
                Open(id, ref reader, ref reply);
                break;
            case SftpRequest.Close:
                Close(id, ref reader, ref reply);
                break;
            case SftpRequest.Read:
                Read(id, ref reader, ref reply);
                break;
            case SftpRequest.Write:
                Write(id, ref reader, ref reply);
                break;
            case SftpRequest.LinkStatus or SftpRequest.PathStatus:
                Status(id, ref reader, follow: request == SftpRequest.PathStatus, ref reply);
                break;
            case SftpRequest.HandleStatus:
                HandleStatus(id, ref reader, ref reply);
                break;
            case SftpRequest.SetStatus:
                SetStatus(id, ref reader, follow: true, ref reply);
                break;
            case SftpRequest.HandleSetStatus:
                HandleSetStatus(id, ref reader, ref reply);
                break;
            case SftpRequest.OpenDirectory:
                OpenDirectory(id, ref reader, ref reply);
                break;
            case SftpRequest.ReadDirectory:
                ReadDirectory(id, ref reader, ref reply);
                break;
            default:
                AnswerNamed(request, id, ref reader, ref reply);
                break;
        }
    }

    private void AnswerExtended(SftpRequest request, uint id, ref SftpReader reader, ref SftpWriter reply)
    {
        switch (request)
        {
            case SftpRequest.FileSystem:
                FileSystem(id, ref reader, ref reply);
                break;
            case SftpRequest.HandleFileSystem:
                HandleFileSystem(id, ref reader, ref reply);
                break;
            case SftpRequest.Synchronize:
                Synchronize(id, ref reader, ref reply);
                break;
            case SftpRequest.LinkSetStatus:
                SetStatus(id, ref reader, follow: false, ref reply);
                break;
            case SftpRequest.Limits:
                reply.Begin(SftpPacketType.ExtendedReply, id);
                new SftpServerLimits(SftpLimits.Packet, SftpLimits.Data, SftpLimits.Data, HandleTable.Capacity).WriteTo(ref reply);
                reply.End();
                break;
            case SftpRequest.ExpandPath:
                ExpandPath(id, ref reader, ref reply);
                break;
            case SftpRequest.CopyData:
                CopyData(id, ref reader, ref reply);
                break;
            case SftpRequest.HomeDirectory:
                HomeDirectory(id, ref reader, ref reply);
                break;
            case SftpRequest.NamesOfIds:
                NamesOfIds(id, ref reader, ref reply);
                break;
            default:
                AnswerNamed(request, id, ref reader, ref reply);
                break;
        }
    }

    /// <summary>Section 4: the version, then what the server can do besides it, as pairs of name and data.</summary>
    private void SendVersion(ref SftpWriter reply)
    {
        _isOpen = true;
        reply.Begin(SftpPacketType.Version, SftpLimits.Version);
        for (int i = 0; i < SftpRequests.Rows.Length; i++)
        {
            SftpRequestRow row = SftpRequests.Rows[i];
            if (!SftpRequests.IsExtended((SftpRequest)i) || !policy.Permits((SftpRequest)i))
                continue;
            reply.ByteString(Encoding.ASCII.GetBytes(row.Extension));
            reply.ByteString(Encoding.ASCII.GetBytes(row.Version));
        }

        reply.End();
    }

    private void SendStatus(uint id, SftpStatus status, ref SftpWriter reply) => SendStatus(id, status, SftpStatusText.Of(status), ref reply);

    /// <summary>A failure is said in the system's words, as the code has none for a full disk.</summary>
    private void SendError(uint id, int error, ref SftpWriter reply)
    {
        SftpStatus status = ErrorStatus.Of(error);
        SendStatus(id, status, status == SftpStatus.Failure ? Encoding.UTF8.GetBytes(Errno.Text(error)) : SftpStatusText.Of(status), ref reply);
    }

    private void SendStatus(uint id, SftpStatus status, scoped ReadOnlySpan<byte> text, ref SftpWriter reply)
    {
        if (status != SftpStatus.Ok && log.IsEnabled(LogLevel.Debug))
            log.SentStatus(Encoding.UTF8.GetString(text));
        reply.Begin(SftpPacketType.Status, id);
        reply.U32((uint)status);
        reply.ByteString(text);
        reply.ByteString(default); // language
        reply.End();
    }

    private static void SendAttributes(uint id, in FileStatus status, ref SftpWriter reply)
    {
        reply.Begin(SftpPacketType.Attributes, id);
        reply.Attributes(ToAttributes(status));
        reply.End();
    }

    /// <summary>One name without attributes, as the answer to a question about names.</summary>
    private static void SendName(uint id, scoped ReadOnlySpan<byte> name, ref SftpWriter reply)
    {
        reply.Begin(SftpPacketType.Name, id);
        reply.U32(1);
        reply.ByteString(name);
        reply.ByteString(name);
        reply.Attributes(default);
        reply.End();
    }

    private static SftpAttributes ToAttributes(in FileStatus status) => new()
    {
        Flags = SftpAttributeFlags.Size | SftpAttributeFlags.Owner | SftpAttributeFlags.Permissions | SftpAttributeFlags.Times,
        Size = (ulong)status.Size,
        Uid = status.Uid,
        Gid = status.Gid,
        Permissions = (uint)status.Kind | status.Mode,
        Accessed = (uint)status.Accessed,
        Modified = (uint)status.Modified,
    };

    /// <summary>The next path of a request, with a zero byte, in a buffer of ours.</summary>
    private static ReadOnlySpan<byte> TakePath(scoped ref SftpReader reader, byte[] buffer)
    {
        ReadOnlySpan<byte> path = reader.Path();
        path.CopyTo(buffer);
        buffer[path.Length] = 0;
        return buffer.AsSpan(0, path.Length + 1);
    }

    private static string Text(ReadOnlySpan<byte> name) => ByteText.From(name.TrimEnd((byte)0));

    private void Note(SftpRequest request, ReadOnlySpan<byte> name)
    {
        if (log.IsEnabled(LogLevel.Information))
            log.Requested(SftpRequests.Rows[(int)request].Name, Text(name));
    }
}
