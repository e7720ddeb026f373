using Qssh.Platform.Native;

namespace Qssh.Platform;

/// <summary>
/// Readiness of one descriptor. Level-triggered, so a reader need not drain before it waits again; interest in reading stays
/// registered while the reader works (no system call per wait in steady state) and is withdrawn only if the descriptor becomes ready
/// with nobody waiting. One waiter per direction. Dispose before the descriptor is closed.
/// </summary>
internal sealed class FdWatch : IDisposable
{
    private const uint Failure = Libc.EPOLLHUP | Libc.EPOLLERR;
    private const uint ReadEvents = Libc.EPOLLIN | Libc.EPOLLPRI | Libc.EPOLLRDHUP | Failure;
    private const uint WriteEvents = Libc.EPOLLOUT | Failure;
    private readonly Reactor _reactor;
    private readonly WaitSource _readable = new();
    private readonly WaitSource _writable = new();
    private uint _armed;
    private uint _idle;
    private bool _registered;
    private bool _alwaysReady;
    private bool _disposed;

    internal FdWatch(Reactor reactor, int descriptor, uint generation)
    {
        _reactor = reactor;
        Descriptor = descriptor;
        Generation = generation;
    }

    internal int Descriptor { get; }

    /// <summary>Tells events for this watch from those of an earlier watch of the same descriptor number.</summary>
    internal uint Generation { get; }

    private ulong Data => ((ulong)Generation << 32) | (uint)Descriptor;

    private uint Waited => (_readable.IsWaiting ? Libc.EPOLLIN : 0) | (_writable.IsWaiting ? Libc.EPOLLOUT : 0);

    /// <summary>True when a read may make progress (data, end or error); false once disposed.</summary>
    public ValueTask<bool> ReadableAsync() => WaitAsync(_readable, Libc.EPOLLIN);

    /// <summary>True when a write may make progress (room or error); false once disposed.</summary>
    public ValueTask<bool> WritableAsync() => WaitAsync(_writable, Libc.EPOLLOUT);

    public void Dispose()
    {
        if (_disposed)
            return;

        Detach();
        if (_registered)
            _reactor.Epoll.Control(Libc.EPOLL_CTL_DEL, Descriptor, 0, 0);
        _reactor.Forget(this);
    }

    /// <summary>The descriptor number belongs to somebody else now: ends the waits and leaves the kernel's table alone.</summary>
    internal void Detach()
    {
        _disposed = true;
        _readable.Complete(false);
        _writable.Complete(false);
    }

    /// <summary>The kernel still knows this very descriptor: it was not closed in the meantime.</summary>
    internal bool IsStillRegistered() => _registered && _reactor.Epoll.Control(Libc.EPOLL_CTL_MOD, Descriptor, _armed, Data) == 0;

    internal void OnEvents(uint events)
    {
        bool anyone = _readable.IsWaiting || _writable.IsWaiting;
        if ((events & ReadEvents) != 0 && !_readable.IsWaiting)
            _idle |= Libc.EPOLLIN;
        if ((events & Libc.EPOLLOUT) != 0)
            _idle |= Libc.EPOLLOUT;
        if ((events & Failure) != 0 && !anyone)
            _idle |= Libc.EPOLLHUP;
        if (_idle != 0)
            _reactor.SettleLater(this);
        if ((events & ReadEvents) != 0)
            _readable.Complete(true);
        if ((events & WriteEvents) != 0)
            _writable.Complete(true);
    }

    /// <summary>
    /// Before the loop sleeps: withdraws interest in what is ready but not waited for, which would wake it at once. Hangup and error
    /// cannot be masked in epoll, so with nobody waiting the descriptor leaves the set until the next wait.
    /// </summary>
    internal void Settle()
    {
        uint waited = Waited;
        uint idle = _idle & ~waited;
        _idle = 0;
        if (_disposed || !_registered)
            return;

        uint armed = _armed & ~idle;
        if (armed == 0 || ((idle & Libc.EPOLLHUP) != 0 && waited == 0))
        {
            _reactor.Epoll.Control(Libc.EPOLL_CTL_DEL, Descriptor, 0, 0);
            _registered = false;
            _armed = 0;
        }
        else if (armed != _armed)
        {
            _armed = armed;
            _reactor.Epoll.Control(Libc.EPOLL_CTL_MOD, Descriptor, armed, Data);
        }
    }

    private ValueTask<bool> WaitAsync(WaitSource source, uint interest)
    {
        if (_disposed)
            return new ValueTask<bool>(false);

        ValueTask<bool> wait = source.Start(_reactor);
        if (_alwaysReady || !Arm(interest))
            source.Complete(true);
        return wait;
    }

    /// <returns>False when the kernel will not tell: the caller's own read or write then does.</returns>
    private bool Arm(uint interest)
    {
        if ((_armed & interest) != 0)
            return true;

        uint armed = _armed | interest;
        int error = _registered ? _reactor.Epoll.Control(Libc.EPOLL_CTL_MOD, Descriptor, armed, Data) : Errno.NoEntry;
        if (error == Errno.NoEntry)
            error = _reactor.Epoll.Control(Libc.EPOLL_CTL_ADD, Descriptor, armed, Data);
        _registered = error == 0;
        _armed = _registered ? armed : 0;
        _alwaysReady = error == Errno.NotPermitted; // a regular file or directory
        return _registered;
    }
}
