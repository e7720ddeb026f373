using Qssh.Platform;

namespace Qssh.Transport;

/// <summary>A TCP socket as the stream below a connection.</summary>
internal sealed class SocketDuplex(TcpSocket socket) : Duplex
{
    public override int Receive(Span<byte> buffer) => Check(socket.Receive(buffer));

    public override int Send(ReadOnlySpan<byte> bytes) => Check(socket.Send(bytes));

    public override ValueTask<bool> ReadableAsync() => socket.ReadableAsync();

    public override ValueTask<bool> WritableAsync() => socket.WritableAsync();

    public override void EndSend() => socket.ShutdownSend();

    public override void Dispose() => socket.Dispose();

    private static int Check(IoResult result)
    {
        if (result.IsOk)
            return result.Count;
        if (result.WouldBlock)
            return WouldBlock;
        throw new ConnectionEndException(EndCause.Broken, "connection lost: " + result.ErrorText);
    }
}
