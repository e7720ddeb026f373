using System.Diagnostics;
using System.Text;
using Qssh.Errors;
using Qssh.Platform;
using Qssh.Platform.Native;
using Xunit;

namespace Qssh.Tests.Platform;

[Collection(nameof(ProcessWide))]
public sealed class TcpTests
{
    private static void Run(Func<Reactor, ValueTask> body)
    {
        using var reactor = new Reactor();
        reactor.Run(async () =>
        {
            await body(reactor);
            return 0;
        });
    }

    private static SocketAddress Address(string text) => SocketAddress.TryParse(text, 0, out SocketAddress address) ? address : throw new FormatException(text);

    private static unsafe string CongestionControl(TcpSocket socket)
    {
        byte* name = stackalloc byte[16];
        uint length = 16;
        Assert.Equal(0, Libc.GetSocketOption(socket.Descriptor, Libc.IPPROTO_TCP, Libc.TCP_CONGESTION, name, &length));
        return Encoding.ASCII.GetString(name, (int)length).TrimEnd('\0');
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void Connects_accepts_and_carries_data(string text) => Run(async reactor =>
    {
        using TcpListener listener = TcpListener.Bind(Address(text));
        Assert.Null(listener.TryAccept());
        using TcpSocket client = await TcpConnector.ConnectAsync(new ConnectRequest(text, [Address(text)], listener.Local.Port) { KeepAlive = true });
        using TcpSocket? server = await listener.AcceptAsync();
        Assert.NotNull(server);
        Assert.Equal(client.Local, server.Peer);
        Assert.Equal(client.Peer, server.Local);
        Assert.Equal(text, server.Peer.AddressText);
        foreach (TcpSocket socket in new[] { client, server })
        {
            Assert.Equal(1, SocketCalls.Get(socket.Descriptor, Libc.IPPROTO_TCP, Libc.TCP_NODELAY));
            Assert.False(CongestionControl(socket).StartsWith("bbr", StringComparison.Ordinal));
        }

        Assert.Equal(1, SocketCalls.Get(client.Descriptor, Libc.SOL_SOCKET, Libc.SO_KEEPALIVE));

        byte[] buffer = new byte[10];
        Assert.True(server.Receive(buffer).WouldBlock);
        Assert.Equal(3, client.Send("abc"u8).Count);
        client.ShutdownSend();
        Assert.True(await server.ReadableAsync());
        Assert.Equal(3, server.Receive(buffer).Count);
        Assert.True(await server.ReadableAsync());
        Assert.Equal(0, server.Receive(buffer).Count);
        server.Dispose();
        Assert.False(await server.ReadableAsync());
    });

    [Fact]
    public void An_address_in_use_is_named()
    {
        using TcpListener first = TcpListener.Bind(SocketAddress.LoopbackV4(0));
        var failure = Assert.Throws<FailureException>(() => TcpListener.Bind(first.Local));
        Assert.StartsWith($"cannot listen on 127.0.0.1:{first.Local.Port}: the address is in use", failure.Message);
    }

    [Fact]
    public void Both_families_share_a_port()
    {
        using TcpListener v4 = TcpListener.Bind(SocketAddress.AnyV4(0));
        using TcpListener v6 = TcpListener.Bind(SocketAddress.AnyV6(v4.Local.Port));
        Assert.Equal(v4.Local.Port, v6.Local.Port);
    }

    [Fact]
    public void A_refused_address_costs_no_time_and_the_next_wins() => Run(async reactor =>
    {
        using TcpListener listener = TcpListener.Bind(SocketAddress.LoopbackV4(0));
        var request = new ConnectRequest("host", [SocketAddress.LoopbackV6(0), SocketAddress.LoopbackV4(0)], listener.Local.Port);
        long best = long.MaxValue;
        for (int i = 0; i < 5; i++)
        {
            var watch = Stopwatch.StartNew();
            using TcpSocket client = await TcpConnector.ConnectAsync(request);
            Assert.Equal("127.0.0.1", client.Peer.AddressText);
            best = Math.Min(best, watch.ElapsedMilliseconds);
        }
        Assert.True(best < 200, $"{best} ms");
    });

    [Fact]
    public void A_dead_address_costs_a_quarter_second_and_the_next_wins() => Run(async reactor =>
    {
        using DeadAddress dead = new();
        using TcpListener listener = TcpListener.Bind(SocketAddress.LoopbackV6(dead.Port));
        var watch = Stopwatch.StartNew();
        int before = Directory.GetFiles("/proc/self/fd").Length;
        var request = new ConnectRequest("host", [SocketAddress.LoopbackV4(0), SocketAddress.LoopbackV6(0)], dead.Port) { Timeout = TimeSpan.FromSeconds(5) };
        using (TcpSocket client = await TcpConnector.ConnectAsync(request))
            Assert.Equal("::1", client.Peer.AddressText);
        Assert.InRange(watch.ElapsedMilliseconds, 240, 4900);
        Assert.InRange(Directory.GetFiles("/proc/self/fd").Length, 0, before + 2);
    });

    [Fact]
    public void A_timeout_says_so() => Run(async reactor =>
    {
        using DeadAddress dead = new();
        var request = new ConnectRequest("host", [SocketAddress.LoopbackV4(0)], dead.Port) { Timeout = TimeSpan.FromMilliseconds(300) };
        var watch = Stopwatch.StartNew();
        var failure = await Assert.ThrowsAsync<FailureException>(async () => await TcpConnector.ConnectAsync(request));
        Assert.Equal($"cannot connect to host port {dead.Port}: no answer in 0.3 s", failure.Message);
        Assert.InRange(watch.ElapsedMilliseconds, 299, 10_000);
    });

    [Fact]
    public void A_refusal_says_where_and_what_to_check() => Run(async reactor =>
    {
        int port;
        using (TcpListener listener = TcpListener.Bind(SocketAddress.LoopbackV4(0)))
            port = listener.Local.Port;
        var failure = await Assert.ThrowsAsync<FailureException>(async () =>
            await TcpConnector.ConnectAsync(new ConnectRequest("box", [SocketAddress.LoopbackV4(0)], port)));
        Assert.Equal($"cannot connect to box port {port}: connection refused (tried 127.0.0.1): is a server running there, on this port?", failure.Message);
    });

    [Fact]
    public void Families_take_turns_and_are_filtered()
    {
        SocketAddress[] addresses = [Address("2001:db8::1"), Address("2001:db8::2"), Address("192.0.2.1"), Address("192.0.2.2"), Address("192.0.2.3")];
        string[] Texts(ConnectRequest request) => [.. TcpConnector.Order(request).Select(address => address.AddressText)];
        var any = new ConnectRequest("h", addresses, 1);
        Assert.Equal(["2001:db8::1", "192.0.2.1", "2001:db8::2", "192.0.2.2", "192.0.2.3"], Texts(any));
        Assert.Equal(["192.0.2.1", "192.0.2.2", "192.0.2.3"], Texts(any with { Family = IpFamily.V4 }));
        Assert.Equal(["2001:db8::1", "2001:db8::2"], Texts(any with { BindAddress = SocketAddress.AnyV6(0) }));
    }

    [Fact]
    public void The_bind_address_is_used() => Run(async reactor =>
    {
        using TcpListener listener = TcpListener.Bind(SocketAddress.LoopbackV4(0));
        var request = new ConnectRequest("h", [SocketAddress.LoopbackV4(0)], listener.Local.Port) { BindAddress = Address("127.0.0.9") };
        using TcpSocket client = await TcpConnector.ConnectAsync(request);
        Assert.Equal("127.0.0.9", client.Local.AddressText);
        await Assert.ThrowsAsync<FailureException>(async () =>
            await TcpConnector.ConnectAsync(request with { BindAddress = Address("192.0.2.77") }));
    });

    [Fact]
    public void Disposing_a_listener_ends_its_accept() => Run(async reactor =>
    {
        TcpListener listener = TcpListener.Bind(SocketAddress.LoopbackV4(0));
        ValueTask<TcpSocket?> accept = listener.AcceptAsync();
        listener.Dispose();
        Assert.Null(await accept);
    });

    [Fact]
    public void Names_and_numbers_resolve() => Run(async reactor =>
    {
        Assert.Equal(["192.0.2.1"], (await NameResolver.ResolveAsync("192.0.2.1", IpFamily.Any)).Select(a => a.AddressText));
        SocketAddress[] local = await NameResolver.ResolveAsync("localhost", IpFamily.V4);
        Assert.True(reactor.IsCurrent);
        Assert.Equal(["127.0.0.1"], local.Select(a => a.AddressText));
        var failure = await Assert.ThrowsAsync<FailureException>(async () => await NameResolver.ResolveAsync("no-such-host.invalid", IpFamily.Any));
        Assert.StartsWith("cannot find host no-such-host.invalid: ", failure.Message);
        Assert.True(reactor.IsCurrent);
        foreach (string bad in new[] { "", "-oProxyCommand=x", "a b", "a\0b", new string('a', 256) })
            await Assert.ThrowsAsync<FailureException>(async () => await NameResolver.ResolveAsync(bad, IpFamily.Any));
        await Assert.ThrowsAsync<FailureException>(async () => await NameResolver.ResolveAsync("::1", IpFamily.V4));
    });

    /// <summary>A loopback port that never answers: its listener's backlog is full, so the kernel drops further SYNs.</summary>
    private sealed class DeadAddress : IDisposable
    {
        private readonly List<OwnedFd> _descriptors = [];

        public DeadAddress()
        {
            OwnedFd listener = Socket();
            SocketAddress any = SocketAddress.LoopbackV4(0);
            Assert.Equal(0, TcpConnector.BindTo(listener.Value, any));
            Libc.Listen(listener.Value, 0);
            Port = new TcpSocketName(listener.Value).Port;
            for (int i = 0; i < 4; i++)
                Connect(Socket().Value, SocketAddress.LoopbackV4(Port));
            Thread.Sleep(20);
        }

        public int Port { get; }

        public void Dispose() => _descriptors.ForEach(descriptor => descriptor.Dispose());

        private static unsafe void Connect(int fd, SocketAddress address)
        {
            fixed (byte* pointer = address.Bytes)
                Libc.Connect(fd, pointer, (uint)address.Bytes.Length);
        }

        private OwnedFd Socket()
        {
            var socket = new OwnedFd(Libc.Socket(Libc.AF_INET, Libc.SOCK_STREAM | Libc.SOCK_NONBLOCK | Libc.SOCK_CLOEXEC, 0));
            _descriptors.Add(socket);
            return socket;
        }
    }

    private readonly struct TcpSocketName(int fd)
    {
        public unsafe int Port
        {
            get
            {
                byte* address = stackalloc byte[128];
                uint length = 128;
                Libc.GetSocketName(fd, address, &length);
                return SocketAddress.FromSockaddr(new ReadOnlySpan<byte>(address, (int)length)).Port;
            }
        }
    }
}
