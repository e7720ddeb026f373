using System.Buffers.Binary;
using Microsoft.Extensions.Logging.Abstractions;
using Qssh.Platform;
using Qssh.Sftp;
using Qssh.Sftp.Server;

namespace Qssh.Fuzz.Targets;

/// <summary>
/// Requests of a client that may do as it likes below a root directory, carried out in a real one (<see cref="FuzzTree"/>). Handles are random:
/// a handle in the input stands for one that was given before. Each request gets one whole reply with its id, and nothing outside changes.
/// </summary>
internal sealed class SftpServerTarget : IFuzzTarget
{
    private const int MostHandles = 8;

    /// <summary>Not here: programs that are asked about users, and copies that take as long as a sparse file is large.</summary>
    private static readonly RequestPolicy s_policy = new(false, "expand-path,users-groups-by-id,copy-data", null);

    private static readonly UserAccount s_account = new() { Name = "fuzz", Uid = 0, Gid = 0, Home = "/", Shell = "/bin/sh" };

    private readonly byte[] _reply = new byte[SftpResponder.MaxReply];
    private readonly byte[] _packet = new byte[SftpLimits.Packet];

    public string Name => "sftp-server";

    public void Run(ReadOnlySpan<byte> input)
    {
        FuzzTree tree = FuzzTree.Fresh();
        using FileTree files = FileTree.Rooted(tree.Root, []);
        using SftpResponder responder = new(files, s_policy, s_account, NullLogger.Instance);
        List<byte[]> handles = [];
        Ask(responder, [(byte)SftpPacketType.Init, 0, 0, 0, 3], handles);
        while (SftpFrame.TryRead(input, out ReadOnlySpan<byte> packet))
        {
            input = input[(SftpFrame.LengthSize + packet.Length)..];
            Ask(responder, WithHandle(packet, handles), handles);
        }

        tree.Check();
    }

    private void Ask(SftpResponder responder, ReadOnlySpan<byte> packet, List<byte[]> handles)
    {
        SftpWriter writer = new(_reply);
        responder.Answer(packet, ref writer);
        ReadOnlySpan<byte> written = writer.Written;
        FuzzException.ThrowIf(!SftpFrame.TryRead(written, out ReadOnlySpan<byte> reply) || reply.Length + SftpFrame.LengthSize != written.Length, "not one whole reply");
        SftpPacketType type = (SftpPacketType)reply[0];
        bool known = type is SftpPacketType.Status or SftpPacketType.Handle or SftpPacketType.Data or SftpPacketType.Name or SftpPacketType.Attributes
            or SftpPacketType.ExtendedReply or SftpPacketType.Version;
        FuzzException.ThrowIf(!known, "a reply of no type");
        FuzzException.ThrowIf(type != SftpPacketType.Version && !reply.Slice(1, 4).SequenceEqual(packet.Slice(1, 4)), "the id of another request");
        if (type == SftpPacketType.Handle && handles.Count < MostHandles)
            handles.Add(reply[(SftpFrame.MinPacket + sizeof(uint))..].ToArray());
    }

    /// <summary>What a request has in the place of its handle says which one is meant.</summary>
    private ReadOnlySpan<byte> WithHandle(ReadOnlySpan<byte> packet, List<byte[]> handles)
    {
        int at = SftpFrame.MinPacket;
        if (packet.Length > at + sizeof(uint) && packet[0] == (byte)SftpPacketType.Extended && packet[(at + sizeof(uint))..].StartsWith("f"u8))
            at += sizeof(uint) + (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(packet[at..]), 100);
        else if ((SftpPacketType)packet[0] is not (SftpPacketType.Close or SftpPacketType.Read or SftpPacketType.Write or SftpPacketType.HandleStatus
            or SftpPacketType.HandleSetStatus or SftpPacketType.ReadDirectory))
            return packet;
        if (handles.Count == 0 || packet.Length < at + sizeof(uint))
            return packet;
        uint length = BinaryPrimitives.ReadUInt32BigEndian(packet[at..]);
        if (length is 0 or > 8 || packet.Length < at + sizeof(uint) + length)
            return packet;
        byte[] handle = handles[packet[at + sizeof(uint)] % handles.Count];
        ReadOnlySpan<byte> rest = packet[(at + sizeof(uint) + (int)length)..];
        if (at + sizeof(uint) + handle.Length + rest.Length > _packet.Length)
            return packet;
        packet[..at].CopyTo(_packet);
        BinaryPrimitives.WriteInt32BigEndian(_packet.AsSpan(at), handle.Length);
        handle.CopyTo(_packet.AsSpan(at + sizeof(uint)));
        rest.CopyTo(_packet.AsSpan(at + sizeof(uint) + handle.Length));
        return _packet.AsSpan(0, at + sizeof(uint) + handle.Length + rest.Length);
    }
}
