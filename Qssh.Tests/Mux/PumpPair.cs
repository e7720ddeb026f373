using System.Security.Cryptography;
using Qssh.Errors;
using Qssh.Handshake;
using Qssh.Mux;
using Qssh.Platform;
using Qssh.Tests.Support;
using Qssh.Tests.Transport;
using Qssh.Wire.Messages.Connection;

namespace Qssh.Tests.Mux;

/// <summary>Two multiplexers on a pair of links; channels that the client opens get pipes on both sides. Inside a reactor.</summary>
internal sealed class PumpPair
{
    private readonly LinkPair _links;
    private readonly Task _clientRun;
    private readonly Task _serverRun;

    public PumpPair(LinkOptions? options = null, WireFaults? toServer = null, WireFaults? toClient = null, bool echo = false)
    {
        _links = new LinkPair(toServer, toClient, options);
        Client = new SessionMux(_links.Client.Link, Sides.Client, Gates.None, 0, null);
        Server = new SessionMux(_links.Server.Link, Sides.Server, Gates.Login, 64, (channel, _) =>
        {
            PumpEnd end = new(channel, echo);
            ServerEnds.Add(channel.Id, end);
            end.OnAccepted();
            return end;
        });
        Client.Closed = reason => Reason ??= reason;
        _clientRun = _links.Client.Link.RunAsync(Client).AsTask();
        _serverRun = _links.Server.Link.RunAsync(Server).AsTask();
    }

    public LinkPair Links => _links;

    public SessionMux Client { get; }

    public SessionMux Server { get; }

    public Dictionary<uint, PumpEnd> ServerEnds { get; } = [];

    public Exception? Reason { get; private set; }

    public async ValueTask<(PumpEnd Client, PumpEnd Server)> OpenAsync()
    {
        PumpEnd end = new();
        MuxChannel channel = Client.Open(ChannelKind.Session, end);
        end.Attach(channel);
        await OnReactor.UntilAsync(() => ServerEnds.ContainsKey(channel.Id));
        return (end, ServerEnds[channel.Id]);
    }

    public async ValueTask CloseAsync()
    {
        _links.Client.Link.Close(AlertCode.Close);
        await _clientRun;
        await _serverRun;
        Assert.Null(Reason);
    }
}

/// <summary>A channel between two pipes, with whoever is at their other ends.</summary>
internal sealed class PumpEnd : IChannelHandler
{
    private readonly bool _echo;
    private readonly DescriptorStream _feed;
    private readonly DescriptorStream _read;
    private readonly DescriptorStream _out;
    private readonly DescriptorStream _in;
    private readonly IncrementalHash _fed = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly IncrementalHash _drained = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public PumpEnd()
    {
        (OwnedFd input, OwnedFd feed) = Descriptor.Pipe(nonBlockingRead: true, nonBlockingWrite: true);
        (OwnedFd read, OwnedFd output) = Descriptor.Pipe(nonBlockingRead: true, nonBlockingWrite: true);
        _feed = new DescriptorStream(feed);
        _in = new DescriptorStream(input);
        _read = new DescriptorStream(read);
        _out = new DescriptorStream(output);
    }

    /// <param name="echo">What comes out of the channel goes into it again, as with cat.</param>
    public PumpEnd(MuxChannel channel, bool echo)
        : this()
    {
        _echo = echo;
        if (echo)
        {
            _in.Dispose();
            _in = _read;
        }

        Attach(channel);
    }

    public MuxChannel Channel { get; private set; } = null!;

    public ChannelSink Sink { get; private set; } = null!;

    public ChannelSource Source { get; private set; } = null!;

    /// <summary>Of the source; null: it runs.</summary>
    public bool? InputEnded { get; private set; }

    public bool IsEof { get; private set; }

    public bool IsClosed { get; private set; }

    public byte[] Fed => _fed.GetCurrentHash();

    public byte[] Drained => _drained.GetCurrentHash();

    public void Attach(MuxChannel channel)
    {
        Channel = channel;
        Sink = new ChannelSink(channel, _out);
        Source = new ChannelSource(channel, _in, DataStream.Plain);
    }

    /// <summary>Writes into the pipe that the channel reads.</summary>
    public async ValueTask FeedAsync(long bytes, int seed = 1)
    {
        byte[] buffer = new byte[60_000];
        new Random(seed).NextBytes(buffer);
        while (bytes > 0)
        {
            IoResult result = _feed.Write(buffer.AsSpan(0, (int)Math.Min(buffer.Length, bytes)));
            if (result.IsOk)
            {
                _fed.AppendData(buffer.AsSpan(0, result.Count));
                bytes -= result.Count;
            }
            else if (!await _feed.WritableAsync())
            {
                return;
            }
        }
    }

    public void EndFeed() => _feed.Dispose();

    /// <summary>Reads the pipe that the channel writes, until its end or so many bytes.</summary>
    public async ValueTask<long> DrainAsync(long limit = long.MaxValue)
    {
        byte[] buffer = new byte[60_000];
        long total = 0;
        while (total < limit)
        {
            IoResult result = _read.Read(buffer.AsSpan(0, (int)Math.Min(buffer.Length, limit - total)));
            if (result is { IsOk: true, Count: 0 })
                break;
            if (result.IsOk)
                _drained.AppendData(buffer.AsSpan(0, result.Count));
            else if (!await _read.ReadableAsync())
                break;
            total += result.IsOk ? result.Count : 0;
        }

        return total;
    }

    /// <summary>Whoever read the output is gone.</summary>
    public void LeaveOutput() => _read.Dispose();

    public void LeaveInput() => _in.Dispose();

    public void OnAccepted() => Reactor.Current.Start(async () =>
    {
        InputEnded = await Source.RunAsync();
        if (InputEnded == true)
            Channel.SendEof();
    });

    public void OnRefused(ChannelRefusal reason) => throw new InvalidOperationException("refused: " + reason);

    public void OnData(DataStream stream, ReadOnlySpan<byte> data) => Sink.Take(data);

    public void OnEof()
    {
        IsEof = true;
        Sink.End();
    }

    public void OnMessage(byte type, ReadOnlySpan<byte> message)
    {
    }

    public void OnProhibited(byte type, ReadOnlySpan<byte> message)
    {
    }

    public void OnSendable() => Source.Wake();

    public void OnClosed(Exception? reason)
    {
        IsClosed = true;
        Source.Stop();
        Sink.Dispose();
        _in.Dispose();
        _feed.Dispose();
        if (!_echo)
            return;
        _read.Dispose();
    }
}
