using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Qssh.Tests.Support;

/// <summary>Stands between client and server, and counts what passes on each connection.</summary>
internal sealed class TcpRelay : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _target;
    private readonly ConcurrentQueue<RelayedConnection> _connections = [];

    public TcpRelay(int target)
    {
        _target = target;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        new Thread(Accept) { IsBackground = true }.Start();
    }

    public int Port { get; }

    /// <summary>Called for every piece as it passes: to the server or not, and the bytes, which may be changed.</summary>
    public Action<bool, Memory<byte>>? Tap { get; init; }

    /// <summary>All connections so far; waits until both directions of each have ended.</summary>
    public IReadOnlyList<RelayedConnection> Ended()
    {
        Wait.Until(() => _connections.All(connection => connection.HasEnded), "relayed connections end");
        return [.. _connections];
    }

    public void Dispose()
    {
        _listener.Dispose();
        foreach (RelayedConnection connection in _connections)
            connection.Dispose();
    }

    private void Accept()
    {
        try
        {
            while (true)
            {
                Socket client = _listener.AcceptSocket();
                Socket server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                server.Connect(IPAddress.Loopback, _target);
                _connections.Enqueue(new RelayedConnection(client, server, Tap));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }
}

/// <summary>One connection through the relay.</summary>
internal sealed class RelayedConnection : IDisposable
{
    private readonly Socket _client, _server;
    private int _ended;
    private long _toServer, _toClient;

    public RelayedConnection(Socket client, Socket server, Action<bool, Memory<byte>>? tap)
    {
        (_client, _server) = (client, server);
        client.NoDelay = server.NoDelay = true;
        new Thread(() => Copy(client, server, ref _toServer, bytes => tap?.Invoke(true, bytes))) { IsBackground = true }.Start();
        new Thread(() => Copy(server, client, ref _toClient, bytes => tap?.Invoke(false, bytes))) { IsBackground = true }.Start();
    }

    public long ToServer => Interlocked.Read(ref _toServer);

    public long ToClient => Interlocked.Read(ref _toClient);

    public bool HasEnded => Volatile.Read(ref _ended) == 2;

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
    }

    private void Copy(Socket from, Socket to, ref long count, Action<Memory<byte>> tap)
    {
        byte[] buffer = new byte[65536];
        try
        {
            for (int length; (length = from.Receive(buffer)) > 0;)
            {
                tap(buffer.AsMemory(0, length));
                Interlocked.Add(ref count, length);
                to.Send(buffer.AsSpan(0, length));
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The other side went away without a goodbye: it is passed on as such.
            to.Close(0);
        }

        Interlocked.Increment(ref _ended);
    }
}
