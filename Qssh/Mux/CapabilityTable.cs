using Qssh.Wire.Messages.Connection;

namespace Qssh.Mux;

/// <summary>What a session may ask for. Nothing is allowed unless named; several restrictions combine by intersection.</summary>
[Flags]
internal enum Gates : uint
{
    None = 0,
    Session = 1 << 0,
    Pty = 1 << 1,
    Command = 1 << 2,
    Environment = 1 << 3,
    Subsystem = 1 << 4,
    Signal = 1 << 5,

    HostKeys = 1 << 6,

    Compression = 1 << 7,

    /// <summary>What every authenticated user has where no option takes it away.</summary>
    Login = Session | Pty | Command | Environment | Subsystem | Signal | HostKeys | Compression,
}

/// <summary>Who may send a message.</summary>
[Flags]
internal enum Sides : byte
{
    Neither = 0,
    Client = 1,
    Server = 2,
    Both = Client | Server,
}

/// <summary>
/// The one table of everything that may be said inside a session: each message and each kind of channel with the side that may send it
/// and the gate that must be open. What is not here is refused.
/// </summary>
internal static class CapabilityTable
{
    /// <summary>Who may send this message type; <see cref="Sides.Neither"/> for an unknown one.</summary>
    public static Sides SendersOf(byte type) => type switch
    {
        ChannelOpen.MessageType => Sides.Both,
        ChannelAccept.MessageType or ChannelRefuse.MessageType => Sides.Both,
        ChannelData.MessageType or ChannelExtendedData.MessageType => Sides.Both,
        ChannelWindow.MessageType or ChannelEof.MessageType or ChannelClose.MessageType => Sides.Both,
        ChannelCompressed.MessageType => Sides.Both,
        CompressionOffer.MessageType => Sides.Client,
        RequestReply.MessageType or CompressionChoice.MessageType => Sides.Server,
        PtyRequest.MessageType or ShellRequest.MessageType or ExecRequest.MessageType or CommandPart.MessageType => Sides.Client,
        SubsystemRequest.MessageType or EnvRequest.MessageType or WindowChange.MessageType => Sides.Client,
        SignalRequest.MessageType or BreakRequest.MessageType => Sides.Client,
        ExitStatus.MessageType or ExitSignal.MessageType => Sides.Server,
        Ping.MessageType or Pong.MessageType => Sides.Both,
        HostKeyRequest.MessageType => Sides.Client,
        HostKeyList.MessageType or HostKeyProof.MessageType => Sides.Server,
        _ => Sides.Neither,
    };

    /// <summary>The gate of a request.</summary>
    public static Gates GateOf(byte type) => type switch
    {
        PtyRequest.MessageType or WindowChange.MessageType => Gates.Pty,
        ShellRequest.MessageType or ExecRequest.MessageType or CommandPart.MessageType => Gates.Command,
        SubsystemRequest.MessageType => Gates.Subsystem,
        EnvRequest.MessageType => Gates.Environment,
        SignalRequest.MessageType or BreakRequest.MessageType => Gates.Signal,
        HostKeyRequest.MessageType => Gates.HostKeys,
        CompressionOffer.MessageType => Gates.Compression,
        _ => Gates.Session,
    };

    /// <summary>Who may open a channel of the kind, and the gate for it. Kinds of later versions are known by name and closed.</summary>
    public static (Sides Openers, Gates Gate) OfKind(ChannelKind kind) => kind switch
    {
        ChannelKind.Session => (Sides.Client, Gates.Session),
        _ => (Sides.Neither, Gates.None),
    };
}
