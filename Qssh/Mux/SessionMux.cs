using System.Buffers;
using Qssh.Errors;
using Qssh.Transport;
using Qssh.Wire;
using Qssh.Wire.Messages.Connection;

namespace Qssh.Mux;

/// <summary>
/// The channels of one connection: one reader that dispatches by message type through the capability table, one writer below. Client
/// ids are even, server ids odd, and rise; requests may follow an open at once, so the id needs no answer.
/// </summary>
internal sealed class SessionMux : ILinkReceiver
{
    private readonly Sides _side;
    private readonly Gates _gates;
    private readonly int _maxChannels;
    private readonly Func<MuxChannel, ChannelKind, IChannelHandler?>? _acceptor;
    private readonly Dictionary<uint, MuxChannel> _channels = [];
    private readonly MessageAssembler _assembler = new(MessageHeader.MaxMessageSize);
    private uint _nextId;
    private uint _nextPeerId;
    private uint _nextPing;

    /// <param name="side">Ours.</param>
    /// <param name="gates">What the peer may ask of us.</param>
    /// <param name="acceptor">Makes the handler of a channel that the peer opens; null refuses it.</param>
    public SessionMux(ISessionLink link, Sides side, Gates gates, int maxChannels, Func<MuxChannel, ChannelKind, IChannelHandler?>? acceptor)
    {
        Link = link;
        _side = side;
        _gates = gates;
        _maxChannels = maxChannels;
        _acceptor = acceptor;
        _nextId = side == Sides.Client ? 0u : 1u;
        _nextPeerId = 1 - _nextId;
    }

    public ISessionLink Link { get; }

    /// <summary>Bytes by which the windows of all channels together may still grow: bounds what waits for slow readers.</summary>
    internal int WindowGrowth = ReceiveWindow.Maximum;

    public bool IsClosed { get; private set; }

    public int ChannelCount => _channels.Count;

    /// <summary>Called for each pong with its id.</summary>
    public Action<uint>? PongReceived { get; set; }

    /// <summary>Takes what is said about host keys; null: we ask for none and tell none.</summary>
    public IHostKeyMessages? HostKeys { get; set; }

    /// <summary>Called once when the last channel has gone, each time that happens.</summary>
    public Action? LastChannelClosed { get; set; }

    /// <summary>Called once when the connection is over.</summary>
    public Action<Exception?>? Closed { get; set; }

    /// <summary>Opens a channel; requests may follow at once, data when it is accepted.</summary>
    public MuxChannel Open(ChannelKind kind, IChannelHandler handler, ReadOnlySpan<byte> specifics = default)
    {
        MuxChannel channel = new(this, _nextId, handler, accepted: false);
        _nextId = checked(_nextId + 2);
        _channels.Add(channel.Id, channel);
        Send(new ChannelOpen { Channel = channel.Id, Kind = kind, Window = ReceiveWindow.Initial, Specifics = specifics });
        return channel;
    }

    public void Send<T>(T message)
        where T : IWireMessage, allows ref struct
    {
        if (IsClosed)
            return;

        byte[] buffer = ArrayPool<byte>.Shared.Rent(message.Size);
        WireWriter writer = new(buffer);
        message.Write(ref writer);
        Link.Write(writer.Written);
        ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
    }

    public void OnSessionBytes(ReadOnlySpan<byte> bytes)
    {
        MessageCursor messages = _assembler.Feed(bytes);
        while (messages.TryNext(out ReadOnlySpan<byte> message))
            Dispatch(message);
    }

    public void OnDrained()
    {
        foreach (MuxChannel channel in _channels.Values)
        {
            if (channel.IsAccepted)
                channel.Handler.OnSendable();
        }
    }

    public void OnSilence() => Send(new Ping { Id = _nextPing++ });

    public void OnClosed(Exception? reason)
    {
        if (IsClosed)
            return;
        IsClosed = true;
        foreach (MuxChannel channel in new List<MuxChannel>(_channels.Values))
            Remove(channel, reason);
        _assembler.Dispose();
        Closed?.Invoke(reason);
    }

    internal void Remove(MuxChannel channel, Exception? reason)
    {
        if (!_channels.Remove(channel.Id))
            return;
        WindowGrowth += channel.WindowGrown;
        channel.Handler.OnClosed(reason);
        channel.Packing?.Dispose();
        if (_channels.Count == 0 && !IsClosed)
            LastChannelClosed?.Invoke();
    }

    private void Dispatch(ReadOnlySpan<byte> message)
    {
        byte type = message[0];
        Sides peer = Sides.Both ^ _side;
        if ((CapabilityTable.SendersOf(type) & peer) == 0)
            ProtocolException.Throw("message is not for this side");

        switch (type)
        {
            case Ping.MessageType:
                Send(new Pong { Id = Ping.ReadMessage(message).Id });
                break;
            case Pong.MessageType:
                // Read in any case: without a listener a malformed one is a fault as well.
                uint answered = Pong.ReadMessage(message).Id;
                PongReceived?.Invoke(answered);
                break;
            case HostKeyRequest.MessageType or HostKeyList.MessageType or HostKeyProof.MessageType:
                ReceiveHostKeys(type, message);
                break;
            case ChannelOpen.MessageType:
                ReceiveOpen(ChannelOpen.ReadMessage(message));
                break;
            default:
                DispatchToChannel(type, message);
                break;
        }
    }

    /// <summary>A client gets no answer to what it has not asked; a server that does not tell leaves the question without an answer.</summary>
    private void ReceiveHostKeys(byte type, ReadOnlySpan<byte> message)
    {
        Gates gate = CapabilityTable.GateOf(type);
        if (_side == Sides.Client && HostKeys is null)
            ProtocolException.Throw("nobody has asked for host keys");
        else if (_side == Sides.Server && (HostKeys is null || (_gates & gate) != gate))
            _ = HostKeyRequest.ReadMessage(message);
        else
            HostKeys!.OnMessage(type, message);
    }

    private void DispatchToChannel(byte type, ReadOnlySpan<byte> message)
    {
        MuxChannel? channel = Find(message);
        if (channel is null)
            return;

        switch (type)
        {
            case ChannelData.MessageType:
                channel.ReceiveData(DataStream.Plain, ChannelData.ReadMessage(message).Data);
                break;
            case ChannelExtendedData.MessageType:
                channel.ReceiveData(DataStream.StandardError, ChannelExtendedData.ReadMessage(message).Data);
                break;
            case ChannelWindow.MessageType:
                channel.ReceiveCredit(ChannelWindow.ReadMessage(message).Add);
                break;
            case ChannelEof.MessageType:
                _ = ChannelEof.ReadMessage(message);
                channel.ReceiveEof();
                break;
            case ChannelClose.MessageType:
                _ = ChannelClose.ReadMessage(message);
                channel.ReceiveClose();
                break;
            case ChannelCompressed.MessageType:
                channel.ReceiveCompressed(ChannelCompressed.ReadMessage(message));
                break;
            case CompressionOffer.MessageType:
                channel.ReceiveOffer(CompressionOffer.ReadMessage(message).Methods, (_gates & Gates.Compression) != 0);
                break;
            case CompressionChoice.MessageType:
                channel.ReceiveChoice(CompressionChoice.ReadMessage(message).Method);
                break;
            case ChannelAccept.MessageType:
                RequireOurs(channel);
                channel.ReceiveAccept(ChannelAccept.ReadMessage(message).Window);
                break;
            case ChannelRefuse.MessageType:
                ReceiveRefuse(channel, ChannelRefuse.ReadMessage(message).Reason);
                break;
            default:
                ReceiveRequest(channel, type, message);
                break;
        }
    }

    /// <summary>
    /// The channel of a message. A channel that we refused, or that is gone on both sides, has no entry: what its opener sent before it
    /// knew is dropped. An id that was never opened ends the connection.
    /// </summary>
    private MuxChannel? Find(ReadOnlySpan<byte> message)
    {
        WireReader reader = new(message[MessageHeader.Size..]);
        uint id = reader.U32();
        if (_channels.TryGetValue(id, out MuxChannel? channel))
            return channel;
        bool ours = (id & 1) == (_side == Sides.Client ? 0u : 1u);
        if (id >= (ours ? _nextId : _nextPeerId))
            ProtocolException.Throw("channel was never opened");
        return null;
    }

    private void ReceiveOpen(ChannelOpen open)
    {
        if (open.Channel != _nextPeerId)
            ProtocolException.Throw("channel id is not the next one");
        _nextPeerId = checked(_nextPeerId + 2);

        ChannelKind kind = open.Kind;
        (Sides openers, Gates gate) = CapabilityTable.OfKind(kind);
        Sides peer = Sides.Both ^ _side;
        if ((openers & peer) == 0 || (_gates & gate) != gate)
        {
            Refuse(open.Channel, Enum.IsDefined(kind) ? ChannelRefusal.Prohibited : ChannelRefusal.UnknownKind);
            return;
        }

        if (_channels.Count >= _maxChannels)
        {
            Refuse(open.Channel, ChannelRefusal.Limit);
            return;
        }

        Accept(open.Channel, kind, open.Window);
    }

    private void Accept(uint id, ChannelKind kind, uint window)
    {
        MuxChannel channel = new(this, id, NoHandler.Instance, accepted: true);
        IChannelHandler? handler = _acceptor?.Invoke(channel, kind);
        if (handler is null)
        {
            Refuse(id, ChannelRefusal.Prohibited);
            return;
        }

        channel.Handler = handler;
        _channels.Add(id, channel);
        Send(new ChannelAccept { Channel = id, Window = ReceiveWindow.Initial });
        channel.ReceiveCredit(window);
    }

    private void Refuse(uint id, ChannelRefusal reason) => Send(new ChannelRefuse { Channel = id, Reason = reason });

    private void ReceiveRefuse(MuxChannel channel, ChannelRefusal reason)
    {
        RequireOurs(channel);
        if (channel.IsAccepted)
            ProtocolException.Throw("channel refused after it was accepted");
        _channels.Remove(channel.Id);
        channel.Handler.OnRefused(reason);
        if (_channels.Count == 0)
            LastChannelClosed?.Invoke();
    }

    private void RequireOurs(MuxChannel channel)
    {
        if ((channel.Id & 1) != (_side == Sides.Client ? 0u : 1u))
            ProtocolException.Throw("answer for a channel of the other side");
    }

    private void ReceiveRequest(MuxChannel channel, byte type, ReadOnlySpan<byte> message)
    {
        Gates gate = CapabilityTable.GateOf(type);
        if (_side == Sides.Server && (_gates & gate) != gate)
            channel.Handler.OnProhibited(type, message);
        else
            channel.Handler.OnMessage(type, message);
    }
}
