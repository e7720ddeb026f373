using Qssh.Platform;

namespace Qssh.Transport;

/// <summary>A TCP socket as the stream below a connection.</summary>
internal sealed class SocketDuplex(TcpSocket socket) : Duplex
{
    private bool _disposed;

    public override int Receive(Span<byte> buffer) => Check(Socket.Receive(buffer));

    public override int Send(ReadOnlySpan<byte> bytes) => Check(Socket.Send(bytes));

    public override ValueTask<bool> ReadableAsync() => socket.ReadableAsync();

    public override ValueTask<bool> WritableAsync() => socket.WritableAsync();

    public override void EndSend()
    {
        if (!_disposed)
            socket.ShutdownSend();
    }

    public override void Dispose()
    {
        _disposed = true;
        socket.Dispose();
    }

    /// <summary>A deadline may dispose the stream between a wait and the call that follows it: for that call the connection is lost.</summary>
    private TcpSocket Socket => _disposed ? throw new ConnectionEndException(EndCause.Broken, "the connection was closed meanwhile") : socket;

    private static int Check(IoResult result)
    {
        if (result.IsOk)
            return result.Count;
        if (result.WouldBlock)
            return WouldBlock;
        throw new ConnectionEndException(EndCause.Broken, "connection lost: " + result.ErrorText);
    }
}
