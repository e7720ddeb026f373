using System.Net;
using System.Net.Sockets;

namespace Qssh.Lab.Relay;

/// <summary>A far and narrow link on this machine: passes TCP connections on to another port, late and no faster than it is told.</summary>
internal sealed class DelayRelay : IDisposable
{
    private readonly TcpListener _listener;
    private readonly int _target;
    private readonly LinkShape _shape;
    private readonly List<Socket> _sockets = [];

    /// <param name="port">0: one that is free.</param>
    public DelayRelay(int port, int target, LinkShape shape)
    {
        (_target, _shape) = (target, shape);
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        new Thread(Accept) { IsBackground = true }.Start();
    }

    public int Port { get; }

    public void Dispose()
    {
        _listener.Dispose();
        lock (_sockets)
        {
            foreach (Socket socket in _sockets)
                socket.Close(0);
        }
    }

    private void Accept()
    {
        try
        {
            while (true)
                Connect(_listener.AcceptSocket());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private void Connect(Socket near)
    {
        Socket far = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            far.Connect(IPAddress.Loopback, _target);
        }
        catch (SocketException)
        {
            near.Close(0);
            return;
        }

        near.NoDelay = far.NoDelay = true;
        lock (_sockets)
            _sockets.AddRange([near, far]);
        int left = 4;
        foreach (DelayedLine line in (DelayedLine[])[new(near, far, _shape), new(far, near, _shape)])
            line.Start(() => End(ref left, near, far));
    }

    private void End(ref int left, Socket near, Socket far)
    {
        if (Interlocked.Decrement(ref left) > 0)
            return;
        near.Dispose();
        far.Dispose();
        lock (_sockets)
            _sockets.RemoveAll(socket => socket == near || socket == far);
    }
}
