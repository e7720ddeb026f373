using Qssh.Wire.Messages.Connection;

namespace Qssh.Mux;

/// <summary>Stands in for a handler until the acceptor has made one; never called.</summary>
internal sealed class NoHandler : IChannelHandler
{
    public static readonly NoHandler Instance = new();

    public void OnAccepted() => throw new InvalidOperationException();

    public void OnRefused(ChannelRefusal reason) => throw new InvalidOperationException();

    public void OnData(DataStream stream, ReadOnlySpan<byte> data) => throw new InvalidOperationException();

    public void OnEof() => throw new InvalidOperationException();

    public void OnMessage(byte type, ReadOnlySpan<byte> message) => throw new InvalidOperationException();

    public void OnProhibited(byte type, ReadOnlySpan<byte> message) => throw new InvalidOperationException();

    public void OnSendable() => throw new InvalidOperationException();

    public void OnClosed(Exception? reason) => throw new InvalidOperationException();
}
