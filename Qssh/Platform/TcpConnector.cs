using Qssh.Errors;
using Qssh.Platform.Native;

namespace Qssh.Platform;

/// <summary>What to connect to and how; <see cref="Host"/> is only for messages.</summary>
internal sealed record ConnectRequest(string Host, IReadOnlyList<SocketAddress> Addresses, int Port)
{
    /// <summary>Addresses of the other family are tried only where this is <see cref="IpFamily.Any"/>.</summary>
    public IpFamily Family { get; init; }

    /// <summary>Local address (BindAddress, -b).</summary>
    public SocketAddress? BindAddress { get; init; }

    /// <summary>Local interface (BindInterface, -B).</summary>
    public string? BindInterface { get; init; }

    /// <summary>For all attempts together; zero leaves it to the kernel.</summary>
    public TimeSpan Timeout { get; init; }

    public bool KeepAlive { get; init; }
}

/// <summary>
/// Connects to the first address that answers (RFC 8305): families alternate, a further attempt starts when the one before
/// has failed or not answered for 250 ms, the first connected socket wins and the others are closed.
/// </summary>
internal static class TcpConnector
{
    public static ValueTask<TcpSocket> ConnectAsync(ConnectRequest request) => new ConnectRace(request).RunAsync();

    /// <summary>RFC 8305 section 4: the families take turns, in the order in which the resolver preferred them.</summary>
    internal static List<SocketAddress> Order(ConnectRequest request)
    {
        var first = new Queue<SocketAddress>();
        var second = new Queue<SocketAddress>();
        foreach (SocketAddress address in request.Addresses)
        {
            if (request.Family != IpFamily.Any && address.Family != request.Family)
                continue;
            if (request.BindAddress is { } local && local.Family != address.Family)
                continue;
            Queue<SocketAddress> target = first.Count == 0 || first.Peek().Family == address.Family ? first : second;
            target.Enqueue(address.WithPort(request.Port));
        }
        var ordered = new List<SocketAddress>(first.Count + second.Count);
        while (first.Count + second.Count > 0)
        {
            if (first.TryDequeue(out SocketAddress a))
                ordered.Add(a);
            if (second.TryDequeue(out SocketAddress b))
                ordered.Add(b);
        }
        return ordered;
    }

    /// <summary>Starts one attempt. The error is 0 when it is already connected, EINPROGRESS when it is under way.</summary>
    internal static unsafe TcpSocket? Start(ConnectRequest request, SocketAddress address, out int error)
    {
        int family = address.Family == IpFamily.V6 ? Libc.AF_INET6 : Libc.AF_INET;
        int fd = Libc.Socket(family, Libc.SOCK_STREAM | Libc.SOCK_NONBLOCK | Libc.SOCK_CLOEXEC, Libc.IPPROTO_TCP);
        if (fd < 0)
        {
            error = Errno.Last;
            return null;
        }
        var socket = new TcpSocket(new OwnedFd(fd));
        SocketCalls.Set(fd, Libc.IPPROTO_TCP, Libc.TCP_NODELAY, 1);
        socket.SetKeepAlive(request.KeepAlive);
        socket.Adapt(address);
        error = BindLocal(fd, request);
        if (error == 0)
        {
            fixed (byte* pointer = address.Bytes)
                error = Libc.Connect(fd, pointer, (uint)address.Bytes.Length) == 0 ? 0 : Errno.Last;
        }
        if (error is 0 or Errno.InProgress)
            return socket;

        socket.Dispose();
        return null;
    }

    internal static unsafe int BindTo(int fd, SocketAddress address)
    {
        fixed (byte* pointer = address.Bytes)
            return Libc.Bind(fd, pointer, (uint)address.Bytes.Length) == 0 ? 0 : Errno.Last;
    }

    private static unsafe int BindLocal(int fd, ConnectRequest request)
    {
        if (request.BindInterface is { } name)
        {
            byte[] native = NativeText.Of(name);
            fixed (byte* pointer = native)
            {
                if (Libc.SetSocketOption(fd, Libc.SOL_SOCKET, Libc.SO_BINDTODEVICE, pointer, (uint)native.Length) != 0)
                    throw new FailureException($"cannot use interface {name}: {Errno.Text(Errno.Last)}");
            }
        }
        if (request.BindAddress is not { } local)
            return 0;

        int error = BindTo(fd, local);
        return error == 0 ? 0 : throw new FailureException($"cannot bind to {local.AddressText}: {Errno.Text(error)}");
    }
}
