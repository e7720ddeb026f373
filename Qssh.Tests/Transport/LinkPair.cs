using Qssh.Crypto.Kem;
using Qssh.Handshake;
using Qssh.Record;
using Qssh.Tests.Support;
using Qssh.Transport;

namespace Qssh.Tests.Transport;

/// <summary>Two links with the keys of one login, joined in memory. To be made inside a reactor.</summary>
internal sealed class LinkPair : IDisposable
{
    public LinkPair(WireFaults? toServer = null, WireFaults? toClient = null, LinkOptions? options = null)
    {
        options ??= new LinkOptions();
        (ClientStream, ServerStream) = MemoryDuplex.Pair(toServer, toClient);
        Client = LinkEnd.Create(ClientStream, HandshakeRole.Client, options);
        Server = LinkEnd.Create(ServerStream, HandshakeRole.Server, options);
    }

    public LinkPair(MemoryDuplex clientStream, MemoryDuplex serverStream, LinkEnd client, LinkEnd server)
    {
        ClientStream = clientStream;
        ServerStream = serverStream;
        Client = client;
        Server = server;
    }

    public MemoryDuplex ClientStream { get; }

    public MemoryDuplex ServerStream { get; }

    public LinkEnd Client { get; }

    public LinkEnd Server { get; }

    public LinkPair Start()
    {
        Client.Start();
        Server.Start();
        return this;
    }

    private bool IsOver => Client.Closes + Server.Closes > 0;

    /// <summary>All that was sent has arrived on both sides.</summary>
    public async ValueTask QuietAsync()
    {
        await OnReactor.UntilAsync(() => IsOver || (Client.IsDone && Server.IsDone && Server.Received == Client.Link.SentBytes && Client.Received == Server.Link.SentBytes));
        if (IsOver)
            throw new InvalidOperationException($"the links have ended: client {Client.Reason}, server {Server.Reason}");
        Assert.Equal(Client.SentHash, Server.ReceivedHash);
        Assert.Equal(Server.SentHash, Client.ReceivedHash);
    }

    /// <summary>A clean end, seen as one by both, each told once.</summary>
    public async ValueTask CloseAsync()
    {
        Client.Link.Close(Qssh.Errors.AlertCode.Close);
        await EndAsync();
        Assert.Null(Client.Reason);
        Assert.Null(Server.Reason);
    }

    public async ValueTask EndAsync()
    {
        await Client.Running;
        await Server.Running;
        Assert.Equal((1, 1), (Client.Closes, Server.Closes));
        Assert.True(ClientStream.IsDisposed);
        Assert.True(ServerStream.IsDisposed);
    }

    public void Dispose()
    {
        Client.Dispose();
        Server.Dispose();
    }
}

internal sealed record LinkOptions
{
    public RekeyLimits Limits { get; init; } = RekeyLimits.Default;

    public RekeyLimits? ClientLimits { get; init; }

    public RecordLayout Layout { get; init; } = RecordLayout.Frames;

    public KemId Kem { get; init; } = KemId.XWing;

    public SessionLinkSettings Settings { get; init; } = new() { KeepAliveInterval = TimeSpan.Zero };

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public TimeProvider? ClientTime { get; init; }
}
