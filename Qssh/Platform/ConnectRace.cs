using Qssh.Errors;
using Qssh.Platform.Native;

namespace Qssh.Platform;

/// <summary>The attempts of one connect, on one reactor thread (see <see cref="TcpConnector"/>).</summary>
internal sealed class ConnectRace(ConnectRequest request)
{
    /// <summary>Connection Attempt Delay of RFC 8305 section 5.</summary>
    private static readonly TimeSpan AttemptDelay = TimeSpan.FromMilliseconds(250);

    private readonly Notifier _changed = new();
    private readonly List<TcpSocket> _pending = [];
    private readonly List<(SocketAddress Address, int Error)> _failures = [];
    private TcpSocket? _winner;
    private bool _mayStart = true;
    private bool _expired;

    public async ValueTask<TcpSocket> RunAsync()
    {
        List<SocketAddress> addresses = TcpConnector.Order(request);
        if (addresses.Count == 0)
            throw new FailureException($"cannot connect to {request.Host}: it has no address of the requested family");

        Reactor reactor = Reactor.Current;
        ReactorTimer delay = reactor.Schedule(AttemptDelay, AllowNext);
        ReactorTimer? deadline = request.Timeout > TimeSpan.Zero ? reactor.Schedule(request.Timeout, Expire) : null;
        try
        {
            int next = 0;
            while (_winner is null && !_expired)
            {
                if (next < addresses.Count && (_mayStart || _pending.Count == 0))
                {
                    _mayStart = false;
                    delay.Restart();
                    Start(reactor, addresses[next++]);
                }
                else if (_pending.Count == 0)
                    break;
                else
                    await _changed.WaitAsync();
            }
            return _winner ?? throw Failure();
        }
        finally
        {
            delay.Cancel();
            deadline?.Cancel();
            foreach (TcpSocket loser in _pending)
                loser.Dispose();
        }
    }

    private void AllowNext()
    {
        _mayStart = true;
        _changed.Set();
    }

    private void Expire()
    {
        _expired = true;
        _changed.Set();
    }

    private void Start(Reactor reactor, SocketAddress address)
    {
        TcpSocket? socket = TcpConnector.Start(request, address, out int error);
        if (socket is null)
            _failures.Add((address, error));
        else if (error == 0)
            _winner = socket;
        else
        {
            _pending.Add(socket);
            reactor.Start(() => FinishAsync(socket, address));
        }
    }

    private async ValueTask FinishAsync(TcpSocket socket, SocketAddress address)
    {
        if (!await socket.WritableAsync())
            return; // lost the race and was closed

        int error = SocketCalls.Get(socket.Descriptor, Libc.SOL_SOCKET, Libc.SO_ERROR);
        _pending.Remove(socket);
        if (error == 0 && _winner is null)
            _winner = socket;
        else
        {
            socket.Dispose();
            _failures.Add((address, Math.Abs(error)));
        }
        _changed.Set();
    }

    private FailureException Failure()
    {
        if (_expired)
            return new FailureException($"cannot connect to {request.Host} port {request.Port}: no answer in {request.Timeout.TotalSeconds:0.###} s{Tried()}");

        int error = _failures[^1].Error;
        string hint = error switch
        {
            Errno.ConnectionRefused => ": is a server running there, on this port?",
            Errno.NetworkUnreachable or Errno.HostUnreachable => ": check the network and the address",
            _ => "",
        };
        return new FailureException($"cannot connect to {request.Host} port {request.Port}: {Errno.Text(error)}{Tried()}{hint}");
    }

    private string Tried()
    {
        var tried = new List<string>();
        foreach ((SocketAddress address, _) in _failures)
            tried.Add(address.AddressText);
        return tried.Count == 0 || (tried.Count == 1 && tried[0] == request.Host) ? "" : $" (tried {string.Join(", ", tried)})";
    }
}
