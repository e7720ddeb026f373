using System.Buffers.Binary;
using Qssh.Compression;
using Qssh.Errors;
using Qssh.Wire;
using Qssh.Wire.Messages.Connection;

namespace Qssh.Mux;

/// <summary>One channel: windows, half-close and the order of its end. The id is the same on both sides; its opener chose it.</summary>
internal sealed class MuxChannel
{
    /// <summary>Data bytes in one message; longer data is cut.</summary>
    public const int MaxData = 32_768;

    private const int DataHeader = 3 + 4;

    /// <summary>Milliseconds. The peer takes part in the measurement and must not widen its windows by being slow.</summary>
    private const int MaxRoundTrip = 1000;

    private readonly SessionMux _mux;
    private SendWindow _sendWindow;
    private ReceiveWindow _receiveWindow;
    private bool _eofSent;
    private bool _eofReceived;
    private bool _closeSent;
    private bool _closeReceived;

    public MuxChannel(SessionMux mux, uint id, IChannelHandler handler, bool accepted)
    {
        _mux = mux;
        Id = id;
        Handler = handler;
        IsAccepted = accepted;
        _receiveWindow = new ReceiveWindow(ReceiveWindow.Initial);
    }

    public uint Id { get; }

    public IChannelHandler Handler { get; set; }

    public bool IsAccepted { get; private set; }

    /// <summary>Compression of this channel's data; null: nobody has asked for it.</summary>
    public ChannelPacking? Packing { get; private set; }

    /// <summary>True until our side has sent its close, or the connection is gone.</summary>
    public bool IsOpen => !_closeSent && !_mux.IsClosed;

    /// <summary>Bytes that may be sent now: credit of the peer and room of the connection; 0 means wait for OnSendable.</summary>
    public int SendCapacity => !IsOpen || _eofSent || !IsAccepted ? 0 : Math.Max(0, Math.Min(_sendWindow.Credit, _mux.Link.Room));

    /// <summary>Sends data; at most <see cref="SendCapacity"/> bytes.</summary>
    public void SendData(DataStream stream, ReadOnlySpan<byte> data)
    {
        _sendWindow.Spend(data.Length);
        while (!data.IsEmpty)
        {
            ReadOnlySpan<byte> piece = data[..Math.Min(data.Length, MaxData)];
            if (Packing is null || !TrySendPacked(stream, piece))
            {
                WriteDataHeader(stream, piece.Length);
                _mux.Link.Write(piece);
            }

            data = data[piece.Length..];
        }
    }

    /// <summary>Asks the server for packed data in both directions; best right after the channel was opened.</summary>
    public void OfferCompression()
    {
        Packing = new ChannelPacking();
        Send(new CompressionOffer { Channel = Id, Methods = CompressionMethods.Offered });
    }

    /// <summary>Data that came in has left our side: the peer may send as much again.</summary>
    public void Consumed(int count)
    {
        int credit = _receiveWindow.Consume(count, Environment.TickCount64, Math.Min(_mux.Link.RoundTrip, MaxRoundTrip), ref _mux.WindowGrowth);
        if (credit > 0 && !_eofReceived && IsOpen)
            Send(new ChannelWindow { Channel = Id, Add = (uint)credit });
    }

    public void SendEof()
    {
        if (_eofSent || !IsOpen)
            return;
        _eofSent = true;
        Send(new ChannelEof { Channel = Id });
    }

    /// <summary>Closes our side. The channel ends when the peer has closed too.</summary>
    public void Close()
    {
        if (_closeSent)
            return;
        if (!_mux.IsClosed)
            Send(new ChannelClose { Channel = Id });
        _closeSent = true;
        if (_closeReceived)
            _mux.Remove(this, null);
    }

    /// <summary>Sends a small message of this channel.</summary>
    public void Send<T>(T message)
        where T : IWireMessage, allows ref struct
    {
        if (IsOpen)
            _mux.Send(message);
    }

    /// <summary>What the window has grown by: given back to the connection's budget at the end.</summary>
    internal int WindowGrown => _receiveWindow.Size - ReceiveWindow.Initial;

    internal void ReceiveAccept(uint window)
    {
        if (IsAccepted)
            ProtocolException.Throw("channel accepted twice");
        IsAccepted = true;
        ReceiveCredit(window);
        Handler.OnAccepted();
    }

    internal void ReceiveCredit(uint credit)
    {
        if (!_sendWindow.TryAdd(credit))
            ProtocolException.Throw("window overflow");
        if (IsAccepted)
            Handler.OnSendable();
    }

    internal void ReceiveData(DataStream stream, ReadOnlySpan<byte> data)
    {
        if (_eofReceived || _closeReceived)
            ProtocolException.Throw("data after end");
        if (data.Length > MaxData || !_receiveWindow.TryReceive(data.Length))
            ProtocolException.Throw("data beyond the window");
        if (_closeSent)
            return;
        Handler.OnData(stream, data);
    }

    internal void ReceiveCompressed(ChannelCompressed message)
    {
        if (Packing is null || _eofReceived || _closeReceived)
            ProtocolException.Throw("compressed data was not agreed on, or comes after the end");
        // The window bounds what comes out, so that a short block cannot grow past it.
        ReceiveData((DataStream)message.Stream, Packing.Unpack(message.Block, _receiveWindow.Allowed));
    }

    internal void ReceiveOffer(ReadOnlySpan<byte> methods, bool isAllowed)
    {
        if (Packing is not null)
            ProtocolException.Throw("compression offered twice");
        Packing = new ChannelPacking();
        Packing.Choose((byte)(isAllowed ? CompressionMethods.Choose(methods) : CompressionMethod.None));
        Send(new CompressionChoice { Channel = Id, Method = (byte)Packing.Method });
    }

    internal void ReceiveChoice(byte method)
    {
        if (Packing is null)
            ProtocolException.Throw("compression chosen without an offer");
        Packing.Choose(method);
    }

    internal void ReceiveEof()
    {
        if (_eofReceived || _closeReceived)
            ProtocolException.Throw("end sent twice");
        _eofReceived = true;
        if (!_closeSent)
            Handler.OnEof();
    }

    internal void ReceiveClose()
    {
        if (_closeReceived)
            ProtocolException.Throw("close sent twice");
        _closeReceived = true;
        if (_closeSent)
            _mux.Remove(this, null);
        else
            Close();
    }

    private bool TrySendPacked(DataStream stream, ReadOnlySpan<byte> data)
    {
        if (!Packing!.TryPack(data, out ReadOnlySpan<byte> block))
            return false;
        _mux.Send(new ChannelCompressed { Channel = Id, Stream = (byte)stream, Block = block });
        return true;
    }

    private void WriteDataHeader(DataStream stream, int length)
    {
        Span<byte> header = stackalloc byte[DataHeader + 1];
        bool plain = stream == DataStream.Plain;
        int size = plain ? DataHeader : DataHeader + 1;
        header[0] = plain ? ChannelData.MessageType : ChannelExtendedData.MessageType;
        BinaryPrimitives.WriteUInt16BigEndian(header[1..], (ushort)(size - MessageHeader.Size + length));
        BinaryPrimitives.WriteUInt32BigEndian(header[3..], Id);
        header[DataHeader] = (byte)stream;
        _mux.Link.Write(header[..size]);
    }
}
