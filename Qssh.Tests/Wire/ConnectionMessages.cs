using Qssh.Wire;
using Qssh.Wire.Messages.Connection;

namespace Qssh.Tests.Wire;

/// <summary>The messages of the connection layer.</summary>
internal static class ConnectionMessages
{
    private static readonly byte[] s_digest = [.. Enumerable.Repeat((byte)0x22, KeyDigest.Size)];
    private static readonly string DigestHex = new('2', 2 * KeyDigest.Size);

    private const uint Id = 0x01020304;
    private const string IdHex = "01020304";
    private const string SizesHex = "00000050" + "00000018" + "00000280" + "00000180";

    public static IEnumerable<MessageKind> All =>
    [
        .. Channels,
        .. Requests,
        new(nameof(ExitStatus), 0x59, m => ExitStatus.ReadMessage(m).ToArray(),
            s => new ExitStatus { Channel = ((Sampler)s).U32(), Status = ((Sampler)s).U32() }.ToArray(),
            (() => new ExitStatus { Channel = Id, Status = 255 }.ToArray(), "590008" + IdHex + "000000ff")),
        new(nameof(ExitSignal), 0x60, m => ExitSignal.ReadMessage(m).ToArray(),
            s => new ExitSignal { Channel = ((Sampler)s).U32(), Name = ((Sampler)s).Bytes(0, 255), Core = ((Sampler)s).Flag() }.ToArray(),
            (() => new ExitSignal { Channel = Id, Name = "INT"u8, Core = true }.ToArray(), "600009" + IdHex + "03494e54" + "01")),
        new(nameof(Ping), 0x70, m => Ping.ReadMessage(m).ToArray(), s => new Ping { Id = ((Sampler)s).U32() }.ToArray(),
            (() => new Ping { Id = Id }.ToArray(), "700004" + IdHex)),
        new(nameof(Pong), 0x71, m => Pong.ReadMessage(m).ToArray(), s => new Pong { Id = ((Sampler)s).U32() }.ToArray(),
            (() => new Pong { Id = Id }.ToArray(), "710004" + IdHex)),
        new(nameof(HostKeyRequest), 0x72, m => HostKeyRequest.ReadMessage(m).ToArray(),
            s => new HostKeyRequest { Digests = new RecordList<KeyDigest>(((Sampler)s).Bytes(((Sampler)s).Between(0, HostKeyList.MaxKeys) * KeyDigest.Size)) }.ToArray(),
            (() => new HostKeyRequest { Digests = new RecordList<KeyDigest>(s_digest) }.ToArray(), "720021" + "01" + DigestHex)),
        new(nameof(HostKeyList), 0x73, m => HostKeyList.ReadMessage(m).ToArray(),
            s => new HostKeyList { Keys = new RecordList<ListedKey>(((Sampler)s).Bytes(((Sampler)s).Between(0, HostKeyList.MaxKeys) * 33)) }.ToArray(),
            (() => new HostKeyList { Keys = new RecordList<ListedKey>((byte[])[6, .. s_digest]) }.ToArray(), "730022" + "01" + "06" + DigestHex)),
        new(nameof(HostKeyProof), 0x74, m => HostKeyProof.ReadMessage(m).ToArray(),
            s => new HostKeyProof { Scheme = ((Sampler)s).U8(), Key = ((Sampler)s).Bytes(1, 4096), Signature = ((Sampler)s).Bytes(0, 40_960) }.ToArray(),
            (() => new HostKeyProof { Scheme = 6, Key = [1, 2], Signature = [3] }.ToArray(), "740008" + "06" + "00020102" + "000103")),
    ];

    private static IEnumerable<MessageKind> Channels =>
    [
        new(nameof(ChannelOpen), 0x40, m => ChannelOpen.ReadMessage(m).ToArray(), s => SampleOpen((Sampler)s),
            (() => new ChannelOpen { Channel = Id, Kind = ChannelKind.DirectTcp, Window = 0x10000, Specifics = [1, 2] }.ToArray(),
                "40000d" + IdHex + "02" + "00010000" + "00020102")),
        new(nameof(ChannelAccept), 0x41, m => ChannelAccept.ReadMessage(m).ToArray(),
            s => new ChannelAccept { Channel = ((Sampler)s).U32(), Window = ((Sampler)s).U32() }.ToArray(),
            (() => new ChannelAccept { Channel = Id, Window = 5 }.ToArray(), "410008" + IdHex + "00000005")),
        new(nameof(ChannelRefuse), 0x42, m => ChannelRefuse.ReadMessage(m).ToArray(),
            s => new ChannelRefuse { Channel = ((Sampler)s).U32(), Reason = (ChannelRefusal)((Sampler)s).Between(1, 4) }.ToArray(),
            (() => new ChannelRefuse { Channel = Id, Reason = ChannelRefusal.Limit }.ToArray(), "420005" + IdHex + "04")),
        new(nameof(ChannelData), 0x43, m => ChannelData.ReadMessage(m).ToArray(),
            s => new ChannelData { Channel = ((Sampler)s).U32(), Data = ((Sampler)s).Bytes(0, ChannelData.MaxData) }.ToArray(),
            (() => new ChannelData { Channel = Id, Data = "abc"u8 }.ToArray(), "430007" + IdHex + "616263"), TakesRest: true),
        new(nameof(ChannelExtendedData), 0x44, m => ChannelExtendedData.ReadMessage(m).ToArray(), s => SampleExtended((Sampler)s),
            (() => new ChannelExtendedData { Channel = Id, Stream = ExtendedStream.StandardError, Data = "abc"u8 }.ToArray(),
                "440008" + IdHex + "01" + "616263"), TakesRest: true),
        new(nameof(ChannelWindow), 0x45, m => ChannelWindow.ReadMessage(m).ToArray(),
            s => new ChannelWindow { Channel = ((Sampler)s).U32(), Add = ((Sampler)s).U32() }.ToArray(),
            (() => new ChannelWindow { Channel = Id, Add = 5 }.ToArray(), "450008" + IdHex + "00000005")),
        new(nameof(ChannelEof), 0x46, m => ChannelEof.ReadMessage(m).ToArray(), s => new ChannelEof { Channel = ((Sampler)s).U32() }.ToArray(),
            (() => new ChannelEof { Channel = Id }.ToArray(), "460004" + IdHex)),
        new(nameof(ChannelClose), 0x47, m => ChannelClose.ReadMessage(m).ToArray(), s => new ChannelClose { Channel = ((Sampler)s).U32() }.ToArray(),
            (() => new ChannelClose { Channel = Id }.ToArray(), "470004" + IdHex)),
        new(nameof(RequestReply), 0x48, m => RequestReply.ReadMessage(m).ToArray(),
            s => new RequestReply { Channel = ((Sampler)s).U32(), Request = ((Sampler)s).U8(), Ok = ((Sampler)s).Flag() }.ToArray(),
            (() => new RequestReply { Channel = Id, Request = PtyRequest.MessageType, Ok = true }.ToArray(), "480006" + IdHex + "50" + "01")),
        new(nameof(CompressionOffer), 0x49, m => CompressionOffer.ReadMessage(m).ToArray(),
            s => new CompressionOffer { Channel = ((Sampler)s).U32(), Methods = ((Sampler)s).Bytes(1, 8) }.ToArray(),
            (() => new CompressionOffer { Channel = Id, Methods = [2, 1] }.ToArray(), "490007" + IdHex + "020201")),
        new(nameof(CompressionChoice), 0x4A, m => CompressionChoice.ReadMessage(m).ToArray(),
            s => new CompressionChoice { Channel = ((Sampler)s).U32(), Method = ((Sampler)s).U8() }.ToArray(),
            (() => new CompressionChoice { Channel = Id, Method = 2 }.ToArray(), "4a0005" + IdHex + "02")),
        new(nameof(ChannelCompressed), 0x4B, m => ChannelCompressed.ReadMessage(m).ToArray(),
            s => new ChannelCompressed { Channel = ((Sampler)s).U32(), Stream = (byte)((Sampler)s).Between(0, 1), Block = ((Sampler)s).Bytes(1, 3000) }.ToArray(),
            (() => new ChannelCompressed { Channel = Id, Stream = 1, Block = [1, 2] }.ToArray(), "4b0007" + IdHex + "01" + "0102"), TakesRest: true),
    ];

    private static IEnumerable<MessageKind> Requests =>
    [
        new(nameof(PtyRequest), 0x50, m => PtyRequest.ReadMessage(m).ToArray(), s => SamplePty((Sampler)s), (LayoutPty,
            "50001f" + IdHex + "01" + "017a" + SizesHex + "0006" + "8000009600" + "00")),
        new(nameof(ShellRequest), 0x51, m => ShellRequest.ReadMessage(m).ToArray(),
            s => new ShellRequest { Channel = ((Sampler)s).U32(), Reply = ((Sampler)s).Flag() }.ToArray(),
            (() => new ShellRequest { Channel = Id, Reply = true }.ToArray(), "510005" + IdHex + "01")),
        new(nameof(ExecRequest), 0x52, m => ExecRequest.ReadMessage(m).ToArray(), s => SampleExec((Sampler)s),
            (() => new ExecRequest { Channel = Id, Reply = false, Total = 3, First = "ls"u8 }.ToArray(), "52000b" + IdHex + "00" + "00000003" + "6c73"), TakesRest: true),
        new(nameof(CommandPart), 0x53, m => CommandPart.ReadMessage(m).ToArray(),
            s => new CommandPart { Channel = ((Sampler)s).U32(), Part = ((Sampler)s).Bytes(1, ExecRequest.MaxPart) }.ToArray(),
            (() => new CommandPart { Channel = Id, Part = "ls"u8 }.ToArray(), "530006" + IdHex + "6c73"), TakesRest: true),
        new(nameof(SubsystemRequest), 0x54, m => SubsystemRequest.ReadMessage(m).ToArray(),
            s => new SubsystemRequest { Channel = ((Sampler)s).U32(), Reply = ((Sampler)s).Flag(), Name = ((Sampler)s).Bytes(0, 255) }.ToArray(),
            (() => new SubsystemRequest { Channel = Id, Reply = true, Name = "sftp"u8 }.ToArray(), "54000a" + IdHex + "01" + "0473667470")),
        new(nameof(EnvRequest), 0x55, m => EnvRequest.ReadMessage(m).ToArray(),
            s => new EnvRequest { Channel = ((Sampler)s).U32(), Name = ((Sampler)s).Bytes(0, 255), Value = ((Sampler)s).Bytes(0, 3000) }.ToArray(),
            (() => new EnvRequest { Channel = Id, Name = "A"u8, Value = "b"u8 }.ToArray(), "550009" + IdHex + "0141" + "000162")),
        new(nameof(WindowChange), 0x56, m => WindowChange.ReadMessage(m).ToArray(), s => SampleWindow((Sampler)s),
            (() => new WindowChange { Channel = Id, Columns = 80, Rows = 24, Width = 640, Height = 384 }.ToArray(), "560014" + IdHex + SizesHex)),
        new(nameof(SignalRequest), 0x57, m => SignalRequest.ReadMessage(m).ToArray(),
            s => new SignalRequest { Channel = ((Sampler)s).U32(), Name = ((Sampler)s).Bytes(0, 255) }.ToArray(),
            (() => new SignalRequest { Channel = Id, Name = "INT"u8 }.ToArray(), "570008" + IdHex + "03494e54")),
        new(nameof(BreakRequest), 0x58, m => BreakRequest.ReadMessage(m).ToArray(),
            s => new BreakRequest { Channel = ((Sampler)s).U32(), Milliseconds = ((Sampler)s).U32() }.ToArray(),
            (() => new BreakRequest { Channel = Id, Milliseconds = 500 }.ToArray(), "580008" + IdHex + "000001f4")),
    ];

    private static byte[] LayoutPty() => new PtyRequest
    {
        Channel = Id,
        Reply = true,
        Term = "z"u8,
        Columns = 80,
        Rows = 24,
        Width = 640,
        Height = 384,
        Modes = [128, 0, 0, 0x96, 0, 0],
    }.ToArray();

    private static byte[] SampleOpen(Sampler s) =>
        new ChannelOpen { Channel = s.U32(), Kind = (ChannelKind)s.U8(), Window = s.U32(), Specifics = s.Bytes(0, 3000) }.ToArray();

    private static byte[] SampleExtended(Sampler s) =>
        new ChannelExtendedData { Channel = s.U32(), Stream = ExtendedStream.StandardError, Data = s.Bytes(0, ChannelData.MaxData) }.ToArray();

    private static byte[] SamplePty(Sampler s)
    {
        var modes = new List<byte>();
        for (int pairs = s.Between(0, TerminalModes.MaxOpcode); pairs > 0; pairs--)
            modes.AddRange([(byte)s.Between(1, TerminalModes.MaxOpcode), .. s.Bytes(4)]);

        if (modes.Count > 0 || s.Flag())
            modes.Add(TerminalModes.End);

        return new PtyRequest
        {
            Channel = s.U32(),
            Reply = s.Flag(),
            Term = s.Bytes(0, 255),
            Columns = s.U32(),
            Rows = s.U32(),
            Width = s.U32(),
            Height = s.U32(),
            Modes = modes.ToArray(),
        }.ToArray();
    }

    private static byte[] SampleExec(Sampler s)
    {
        byte[] first = s.Bytes(0, ExecRequest.MaxPart);
        return new ExecRequest { Channel = s.U32(), Reply = s.Flag(), Total = (uint)s.Between(first.Length, ExecRequest.MaxTotal), First = first }.ToArray();
    }

    private static byte[] SampleWindow(Sampler s) =>
        new WindowChange { Channel = s.U32(), Columns = s.U32(), Rows = s.U32(), Width = s.U32(), Height = s.U32() }.ToArray();
}
