using Qssh.Platform.Native;

namespace Qssh.Platform;

/// <summary>
/// A connected, non-blocking TCP socket (or whatever socket an inetd-like caller handed us). Used on one reactor thread, but may be
/// made on another: it is watched from its first wait on. Buffer sizes are left to the kernel, which tunes them to the path.
/// </summary>
internal sealed class TcpSocket : IDisposable
{
    private const int CongestionNameSize = 16; // TCP_CA_NAME_MAX

    private readonly OwnedFd _socket;
    private FdWatch? _watch;
    private bool _disposed;

    internal TcpSocket(OwnedFd socket) => _socket = socket;

    public int Descriptor => _socket.Value;

    public SocketAddress Local => Name(peer: false);

    public SocketAddress Peer => Name(peer: true);

    /// <summary>Takes over a socket that somebody else made, such as standard input under inetd.</summary>
    public static TcpSocket Adopt(OwnedFd socket)
    {
        Platform.Descriptor.SetNonBlocking(socket.Value, true);
        SocketCalls.Set(socket.Value, Libc.IPPROTO_TCP, Libc.TCP_NODELAY, 1);
        return new TcpSocket(socket);
    }

    public IoResult Receive(Span<byte> buffer) => SocketCalls.Receive(_socket.Value, buffer, 0);

    public IoResult Send(ReadOnlySpan<byte> data) => SocketCalls.Send(_socket.Value, data, Libc.MSG_NOSIGNAL);

    public ValueTask<bool> ReadableAsync() => _disposed ? new ValueTask<bool>(false) : Watch().ReadableAsync();

    public ValueTask<bool> WritableAsync() => _disposed ? new ValueTask<bool>(false) : Watch().WritableAsync();

    /// <summary>Type of service and traffic class of all packets from now on (RFC 2474); the system may refuse high ones.</summary>
    public void SetTrafficClass(int value)
    {
        SocketCalls.Set(_socket.Value, Libc.IPPROTO_IP, Libc.IP_TOS, value);
        SocketCalls.Set(_socket.Value, Libc.IPPROTO_IPV6, Libc.IPV6_TCLASS, value);
    }

    /// <summary>Probes of the kernel (TCPKeepAlive), beside the protocol's own: they find a dead path even in mid-handshake.</summary>
    public void SetKeepAlive(bool value) => SocketCalls.Set(_socket.Value, Libc.SOL_SOCKET, Libc.SO_KEEPALIVE, value ? 1 : 0);

    /// <summary>The other side has ended its stream or the connection; what it sent before may still wait to be read.</summary>
    public bool IsPeerGone => _disposed || Platform.Descriptor.HasHungUp(_socket.Value);

    /// <summary>
    /// Nothing is lost or shared on the way to the same machine: a congestion control that paces what it sends (BBR, where a system has it as
    /// its default) costs a tenth of the speed there and gains nothing. Reno is in every kernel and open to everybody; any other stays.
    /// </summary>
    internal unsafe void Adapt(SocketAddress peer)
    {
        if (!peer.IsLoopback)
            return;
        byte* present = stackalloc byte[CongestionNameSize];
        uint length = CongestionNameSize;
        if (Libc.GetSocketOption(_socket.Value, Libc.IPPROTO_TCP, Libc.TCP_CONGESTION, present, &length) != 0
            || !new ReadOnlySpan<byte>(present, (int)length).StartsWith("bbr"u8))
        {
            return;
        }

        fixed (byte* name = "reno"u8)
            Libc.SetSocketOption(_socket.Value, Libc.IPPROTO_TCP, Libc.TCP_CONGESTION, name, 4);
    }

    /// <summary>No more will be sent; receiving goes on.</summary>
    public void ShutdownSend() => Libc.Shutdown(_socket.Value, Libc.SHUT_WR);

    public void Dispose()
    {
        if (_disposed)
            return;

        _disposed = true;
        _watch?.Dispose();
        _socket.Dispose();
    }

    private FdWatch Watch() => _watch ??= Reactor.Current.Watch(_socket.Value);

    private unsafe SocketAddress Name(bool peer)
    {
        byte* address = stackalloc byte[128];
        uint length = 128;
        int result = peer ? Libc.GetPeerName(_socket.Value, address, &length) : Libc.GetSocketName(_socket.Value, address, &length);
        return result == 0 ? SocketAddress.FromSockaddr(new ReadOnlySpan<byte>(address, (int)Math.Min(length, 128))) : default;
    }
}
