using System.Buffers.Binary;
using Qssh.Platform;
using Qssh.Sftp;
using Qssh.Sftp.Client;

namespace Qssh.Tests.Sftp.Client;

/// <summary>A server in memory whose answers a test writes: for each request its type, id and body behind the id, as bytes to send back.</summary>
internal sealed class ScriptedSftpServer : ISftpCarrier
{
    private readonly List<byte> _received = [];
    private bool _isPosted;

    public ScriptedSftpServer() => Session = new SftpSession(this);

    public delegate byte[]? Script(SftpPacketType type, uint id, byte[] body);

    public SftpSession Session { get; }

    /// <summary>What the script leaves as null is answered as by a server without any files.</summary>
    public Script Answer { get; set; } = static (_, _, _) => null;

    /// <summary>In the answer to the greeting.</summary>
    public uint Version { get; init; } = 3;

    /// <summary>Behind the version.</summary>
    public byte[] Extensions { get; init; } = [.. Text("expand-path@openssh.com"), .. Text("1")];

    /// <summary>So many bytes arrive, then the connection is gone.</summary>
    public int CutAfter { get; set; } = int.MaxValue;

    public bool IsDisposed { get; private set; }

    /// <summary>A client that has been through the greeting.</summary>
    public static async ValueTask<(SftpClient Client, ScriptedSftpServer Server)> ConnectAsync(Script answer)
    {
        ScriptedSftpServer server = new() { Answer = answer };
        SftpClient client = new(server.Session) { MaxEntries = 1000 };
        await client.StartAsync();
        return (client, server);
    }

    public int Send(ReadOnlySpan<byte> data)
    {
        _received.AddRange(data);
        if (!_isPosted)
            Reactor.Current.Post(Handle);
        _isPosted = true;
        return data.Length;
    }

    public void Dispose() => IsDisposed = true;

    public static byte[] Packet(SftpPacketType type, uint id, params byte[][] fields)
    {
        byte[] packet = new byte[9 + fields.Sum(field => field.Length)];
        BinaryPrimitives.WriteInt32BigEndian(packet, packet.Length - 4);
        packet[4] = (byte)type;
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(5), id);
        fields.SelectMany(field => field).ToArray().CopyTo(packet, 9);
        return packet;
    }

    public static byte[] Status(uint id, SftpStatus status) => Packet(SftpPacketType.Status, id, U32((uint)status), Text(""), Text(""));

    public static byte[] Data(uint id, byte[] data) => Packet(SftpPacketType.Data, id, U32((uint)data.Length), data);

    public static byte[] Handle(uint id) => Packet(SftpPacketType.Handle, id, Text("handle"));

    public static byte[] Names(uint id, params string[] names) =>
        Packet(SftpPacketType.Name, id, [U32((uint)names.Length), .. names.SelectMany(name => (byte[][])[Text(name), Text(name), Attributes(0x81A4, 3)])]);

    public static byte[] Attributes(uint mode, long size) => [.. U32(5), .. U32((uint)(size >> 32)), .. U32((uint)size), .. U32(mode)];

    public static byte[] AttributesReply(uint id, uint mode, long size) => Packet(SftpPacketType.Attributes, id, Attributes(mode, size));

    public static byte[] U32(uint value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    public static byte[] Text(string text) => [.. U32((uint)ByteText.ToBytes(text).Length), .. ByteText.ToBytes(text)];

    private void Handle()
    {
        _isPosted = false;
        byte[] all = [.. _received];
        _received.Clear();
        for (ReadOnlySpan<byte> rest = all; SftpFrame.TryRead(rest, out ReadOnlySpan<byte> packet); rest = rest[(4 + packet.Length)..])
        {
            SftpPacketType type = (SftpPacketType)packet[0];
            uint id = BinaryPrimitives.ReadUInt32BigEndian(packet[1..]);
            byte[] answer = type == SftpPacketType.Init
                ? Packet(SftpPacketType.Version, Version, Extensions)
                : Answer(type, id, packet[5..].ToArray()) ?? Status(id, SftpStatus.NoSuchFile);
            Session.OnBytes(answer.AsSpan(0, Math.Min(answer.Length, CutAfter)));
            CutAfter -= Math.Min(answer.Length, CutAfter);
            if (CutAfter == 0)
                Session.OnEnd(new SftpLostException("Connection closed"));
        }
    }
}
