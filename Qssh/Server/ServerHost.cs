using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Qssh.Auth;
using Qssh.Config;
using Qssh.Errors;
using Qssh.Handshake;
using Qssh.Platform;
using Qssh.Telemetry.Log;

namespace Qssh.Server;

/// <summary>
/// The listening server: accepts without ever waiting for a client, keeps the limits, and owns every connection until it has ended.
/// All of it runs on one reactor.
/// </summary>
internal sealed class ServerHost
{
    private readonly Func<ServerState> _load;
    private readonly HashSet<IncomingConnection> _connections = [];
    private readonly List<TcpListener> _listeners = [];
    private readonly Notifier _stop = new();
    private readonly IdleTidy _tidy = new();
    private ServerState _state;
    private long _nextId;
    private bool _stopping;

    /// <param name="load">Reads configuration and keys again, for SIGHUP; throws <see cref="FailureException"/> if they are not valid.</param>
    public ServerHost(ServerState state, Func<ServerState> load, ILogger log)
    {
        _state = state;
        _load = load;
        Log = log;
        Quota = new ConnectionQuota(Limits(state.Config.Global));
    }

    public ILogger Log { get; }

    public ConnectionQuota Quota { get; }

    public CookieJar Cookies { get; } = new();

    public SlowSignatures SlowSignatures { get; } = new();

    public DecoyKeys Decoys { get; } = new();

    /// <summary>An address for the log, masked unless LogAddresses says otherwise.</summary>
    public string Show(SocketAddress address) => AddressMask.Show(address, _state.Config.Global.LogFullAddresses);

    /// <summary>A login has left its garbage.</summary>
    public void LoggedIn() => _tidy.Soon();

    /// <summary>Binds every address; the first that cannot be bound stops the start.</summary>
    public void Bind(IReadOnlyList<SocketAddress> addresses)
    {
        foreach (SocketAddress address in addresses)
        {
            TcpListener listener = TcpListener.Bind(address);
            _listeners.Add(listener);
            Log.Listening(listener.Local.ToString());
        }
    }

    /// <summary>Serves until a signal ends it.</summary>
    public async ValueTask<int> RunAsync()
    {
        using SignalSource signals = new(Reactor.Current);
        SignalSource.IgnoreBrokenPipe();
        signals.On(PosixSignal.SIGTERM, () => Stop("SIGTERM"));
        signals.On(PosixSignal.SIGINT, () => Stop("SIGINT"));
        signals.On(PosixSignal.SIGHUP, Reload);
        Reactor.Current.Faulted = fault => Log.InternalError(0, fault);
        foreach (TcpListener listener in _listeners)
            Reactor.Current.Start(() => AcceptAsync(listener));
        await _stop.WaitAsync();
        await EndConnectionsAsync();
        return 0;
    }

    /// <summary>Serves one connection that somebody else accepted (inetd).</summary>
    public async ValueTask<int> ServeOneAsync(TcpSocket socket)
    {
        SignalSource.IgnoreBrokenPipe();
        await ServeAsync(socket);
        return 0;
    }

    private static QuotaLimits Limits(ServerOptions options) =>
        new(options.MaxStartups.Value.Start, options.MaxStartups.Value.Full, options.MaxConnections, options.PerSourceMaxConnections,
            options.PerSourceStartRate.Value.PerSecond, options.PerSourceStartRate.Value.Burst);

    private async ValueTask AcceptAsync(TcpListener listener)
    {
        while (!_stopping)
        {
            TcpSocket? socket = await listener.AcceptAsync();
            if (socket is null)
                return;
            if (_stopping)
                socket.Dispose();
            else
                Reactor.Current.Start(() => ServeAsync(socket));
        }
    }

    private async ValueTask ServeAsync(TcpSocket socket)
    {
        if (_state.Config.Global.TcpKeepAlive)
            socket.SetKeepAlive(true);
        IncomingConnection connection = new(++_nextId, this, _state, socket);
        if (Quota.TryEnter(connection, Environment.TickCount64) is { } reason)
        {
            Log.Refused(Show(socket.Peer), reason);
            connection.Refuse();
            return;
        }

        _connections.Add(connection);
        try
        {
            await connection.RunAsync();
        }
        catch (Exception fault)
        {
            // The one place where a mistake of ours ends a connection and not the server.
            Log.InternalError(connection.Id, fault);
        }
        finally
        {
            _connections.Remove(connection);
            Quota.Leave(connection, connection.IsAuthenticated);
            _tidy.Soon();
        }
    }

    private void Stop(string signal)
    {
        if (_stopping)
        {
            // The second signal does not wait for anybody.
            foreach (IncomingConnection connection in _connections)
                connection.Evict();
            return;
        }

        _stopping = true;
        Log.ShuttingDown(signal, _connections.Count);
        foreach (TcpListener listener in _listeners)
            listener.Dispose();
        _stop.Set();
    }

    private async ValueTask EndConnectionsAsync()
    {
        foreach (IncomingConnection connection in new List<IncomingConnection>(_connections))
            connection.ShutDown();
        for (int i = 0; i < 100 && _connections.Count > 0; i++)
            await Reactor.Current.DelayAsync(TimeSpan.FromMilliseconds(20));
    }

    private void Reload()
    {
        try
        {
            _state = _load();
            Quota.Change(Limits(_state.Config.Global));
            Log.Reloaded();
        }
        catch (FailureException fault)
        {
            Log.ReloadFailed(fault.Message);
        }
    }
}
