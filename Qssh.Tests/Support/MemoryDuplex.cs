using Qssh.Transport;

namespace Qssh.Tests.Support;

/// <summary>
/// Two ends of a byte stream joined in memory, inside one reactor, as strict as a socket: one wait per direction, an end that was disposed
/// gives the same answers as <see cref="SocketDuplex"/>, and an end that goes with its peer still writing breaks the peer.
/// </summary>
internal sealed class MemoryDuplex : Duplex
{
    private bool _disposed;

    private MemoryDuplex(MemoryPipe incoming, MemoryPipe outgoing)
    {
        Incoming = incoming;
        Outgoing = outgoing;
    }

    public MemoryPipe Incoming { get; }

    public MemoryPipe Outgoing { get; }

    public bool IsDisposed => _disposed;

    public static (MemoryDuplex Client, MemoryDuplex Server) Pair(WireFaults? toServer = null, WireFaults? toClient = null)
    {
        MemoryPipe up = new(toServer ?? WireFaults.None);
        MemoryPipe down = new(toClient ?? WireFaults.None);
        return (new MemoryDuplex(down, up), new MemoryDuplex(up, down));
    }

    public override int Receive(Span<byte> buffer)
    {
        Require();
        return Incoming.Read(buffer);
    }

    public override int Send(ReadOnlySpan<byte> bytes)
    {
        Require();
        return Outgoing.Write(bytes);
    }

    public override ValueTask<bool> ReadableAsync() => Incoming.ReadableAsync();

    public override ValueTask<bool> WritableAsync() => Outgoing.WritableAsync();

    public override void EndSend()
    {
        if (!_disposed)
            Outgoing.End();
    }

    public override void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        Incoming.CloseReader();
        Outgoing.CloseWriter();
    }

    private void Require()
    {
        if (_disposed)
            throw new ConnectionEndException(EndCause.Broken, "the connection was closed here");
    }
}
