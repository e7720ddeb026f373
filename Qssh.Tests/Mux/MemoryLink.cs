using Qssh.Mux;
using Qssh.Transport;

namespace Qssh.Tests.Mux;

/// <summary>Two muxes joined in memory: what one writes waits in a queue until <see cref="Pump"/> hands it over, cut as the test likes.</summary>
internal sealed class MemoryLink : ISessionLink
{
    private readonly List<byte> _queue = [];

    public int Room { get; set; } = 1 << 20;

    public int RoundTrip => 1;

    public int Queued => _queue.Count;

    public ILinkReceiver? Peer { get; set; }

    public void Write(ReadOnlySpan<byte> messages) => _queue.AddRange(messages);

    public byte[] Take()
    {
        byte[] bytes = [.. _queue];
        _queue.Clear();
        return bytes;
    }

    public void Pump(int pieceSize = 748)
    {
        byte[] bytes = Take();
        for (int i = 0; i < bytes.Length; i += pieceSize)
            Peer!.OnSessionBytes(bytes.AsSpan(i, Math.Min(pieceSize, bytes.Length - i)));
    }
}

/// <summary>Notes everything a channel is told.</summary>
internal sealed class RecordingHandler : IChannelHandler
{
    public MuxChannel? Channel { get; set; }

    public List<string> Events { get; } = [];

    public List<byte> Data { get; } = [];

    public List<byte> ErrorData { get; } = [];

    public bool Consumes { get; set; } = true;

    public void OnAccepted() => Events.Add("accepted");

    public void OnRefused(Qssh.Wire.Messages.Connection.ChannelRefusal reason) => Events.Add("refused " + reason);

    public void OnData(DataStream stream, ReadOnlySpan<byte> data)
    {
        (stream == DataStream.Plain ? Data : ErrorData).AddRange(data);
        if (Consumes)
            Channel!.Consumed(data.Length);
    }

    public void OnEof() => Events.Add("eof");

    public void OnMessage(byte type, ReadOnlySpan<byte> message) => Events.Add("message " + type.ToString("x2"));

    public void OnProhibited(byte type, ReadOnlySpan<byte> message) => Events.Add("prohibited " + type.ToString("x2"));

    public void OnSendable()
    {
    }

    public void OnClosed(Exception? reason) => Events.Add(reason is null ? "closed" : "broken");
}

/// <summary>A client and a server mux face to face.</summary>
internal sealed class MuxPair
{
    public MuxPair(Gates gates = Gates.Login, int maxChannels = 10)
    {
        Client = new SessionMux(ClientLink, Sides.Client, Gates.None, 10, null);
        Server = new SessionMux(ServerLink, Sides.Server, gates, maxChannels, (channel, _) =>
        {
            ServerHandler = new RecordingHandler { Channel = channel };
            return ServerHandler;
        });
        ClientLink.Peer = Server;
        ServerLink.Peer = Client;
    }

    public MemoryLink ClientLink { get; } = new();

    public MemoryLink ServerLink { get; } = new();

    public SessionMux Client { get; }

    public SessionMux Server { get; }

    public RecordingHandler ClientHandler { get; } = new();

    public RecordingHandler ServerHandler { get; private set; } = new();

    public MuxChannel Open()
    {
        MuxChannel channel = Client.Open(Qssh.Wire.Messages.Connection.ChannelKind.Session, ClientHandler);
        ClientHandler.Channel = channel;
        return channel;
    }

    public void Pump(int pieceSize = 748)
    {
        while (ClientLink.Queued + ServerLink.Queued > 0)
        {
            ClientLink.Pump(pieceSize);
            ServerLink.Pump(pieceSize);
        }
    }
}
