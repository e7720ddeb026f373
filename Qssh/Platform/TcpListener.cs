using Qssh.Errors;
using Qssh.Platform.Native;

namespace Qssh.Platform;

/// <summary>A listening TCP socket. An IPv6 one takes IPv6 only, so that both families can have the same port.</summary>
internal sealed class TcpListener : IDisposable
{
    private const int Backlog = 4096; // the kernel cuts it to net.core.somaxconn
    private static readonly TimeSpan PauseWithoutDescriptors = TimeSpan.FromMilliseconds(50);
    private readonly OwnedFd _socket;
    private FdWatch? _watch;
    private bool _disposed;

    private TcpListener(OwnedFd socket) => _socket = socket;

    public int Descriptor => _socket.Value;

    /// <summary>Where it listens, with the port chosen by the kernel when 0 was asked for.</summary>
    public unsafe SocketAddress Local
    {
        get
        {
            byte* address = stackalloc byte[128];
            uint length = 128;
            Libc.GetSocketName(_socket.Value, address, &length);
            return SocketAddress.FromSockaddr(new ReadOnlySpan<byte>(address, (int)length));
        }
    }

    /// <param name="sharePort">Several listeners on one port, the kernel spreading connections: one per reactor.</param>
    public static TcpListener Bind(SocketAddress address, bool sharePort = false)
    {
        bool v6 = address.Family == IpFamily.V6;
        int type = Libc.SOCK_STREAM | Libc.SOCK_NONBLOCK | Libc.SOCK_CLOEXEC;
        int fd = Libc.Socket(v6 ? Libc.AF_INET6 : Libc.AF_INET, type, Libc.IPPROTO_TCP);
        if (fd < 0)
            throw Failure(address, Errno.Last);

        var socket = new OwnedFd(fd);
        SocketCalls.Set(fd, Libc.SOL_SOCKET, Libc.SO_REUSEADDR, 1);
        if (sharePort)
            SocketCalls.Set(fd, Libc.SOL_SOCKET, Libc.SO_REUSEPORT, 1);
        if (v6)
            SocketCalls.Set(fd, Libc.IPPROTO_IPV6, Libc.IPV6_V6ONLY, 1);
        // Accepted sockets inherit it: no small segment waits, from byte 0, and no call per connection.
        SocketCalls.Set(fd, Libc.IPPROTO_TCP, Libc.TCP_NODELAY, 1);
        if (TcpConnector.BindTo(fd, address) is var error and not 0 || (error = StartListening(fd)) != 0)
        {
            socket.Dispose();
            throw Failure(address, error);
        }
        return new TcpListener(socket);
    }

    /// <summary>Null at once when no connection waits.</summary>
    public TcpSocket? TryAccept() => TryAccept(out _);

    /// <summary>The next connection; null once disposed. Without free descriptors it pauses instead of spinning.</summary>
    public async ValueTask<TcpSocket?> AcceptAsync()
    {
        while (!_disposed)
        {
            TcpSocket? socket = TryAccept(out int error);
            if (socket is not null)
                return socket;

            if (error is Errno.TooManyOpenInProcess or Errno.TooManyOpenInSystem)
                await Reactor.Current.DelayAsync(PauseWithoutDescriptors);
            else
                await (_watch ??= Reactor.Current.Watch(_socket.Value)).ReadableAsync();
        }
        return null;
    }

    public void Dispose()
    {
        if (_disposed)
            return;

        _disposed = true;
        _watch?.Dispose();
        _socket.Dispose();
    }

    private static int StartListening(int fd) => Libc.Listen(fd, Backlog) == 0 ? 0 : Errno.Last;

    private static FailureException Failure(SocketAddress address, int error) => new($"cannot listen on {address}: " + error switch
    {
        Errno.AddressInUse => "the address is in use: stop the other server (ss -ltnp shows it) or choose another port with -p",
        Errno.AccessDenied => "permission denied: ports below 1024 need root or CAP_NET_BIND_SERVICE",
        Errno.AddressNotAvailable => "this machine has no such address",
        _ => Errno.Text(error),
    });

    private unsafe TcpSocket? TryAccept(out int error)
    {
        byte* address = stackalloc byte[128];
        uint length;
        int fd;
        do
        {
            length = 128;
            fd = Libc.Accept(_socket.Value, address, &length, Libc.SOCK_NONBLOCK | Libc.SOCK_CLOEXEC);
            error = fd < 0 ? Errno.Last : 0;
        }
        while (error is Errno.Interrupted or Errno.ConnectionAborted);
        if (fd < 0)
            return null;
        TcpSocket socket = new(new OwnedFd(fd));
        socket.Adapt(SocketAddress.FromSockaddr(new ReadOnlySpan<byte>(address, (int)Math.Min(length, 128))));
        return socket;
    }
}
