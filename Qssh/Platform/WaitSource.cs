using System.Diagnostics;
using System.Threading.Tasks.Sources;

namespace Qssh.Platform;

/// <summary>
/// One wait at a time, used again and again without allocating. Started and completed on the reactor thread; the
/// continuation is always queued, never called from <see cref="Complete"/>, so that whoever completes a wait is not re-entered.
/// </summary>
internal class WaitSource : IValueTaskSource<bool>, IValueTaskSource
{
    private Reactor? _reactor;
    private Action<object?>? _continuation;
    private object? _state;
    private Phase _phase;
    private bool _result;
    private short _version;

    private enum Phase : byte
    {
        Idle,
        Waiting,
        Completed,
    }

    public bool IsWaiting => _phase == Phase.Waiting;

    public ValueTask<bool> Start(Reactor reactor)
    {
        Begin(reactor);
        return new ValueTask<bool>(this, _version);
    }

    public ValueTask StartPlain(Reactor reactor)
    {
        Begin(reactor);
        return new ValueTask(this, _version);
    }

    /// <summary>Ends the wait; without one it does nothing.</summary>
    public void Complete(bool result)
    {
        if (_phase != Phase.Waiting)
            return;

        Debug.Assert(_reactor!.IsCurrent || !_reactor.IsRunning, "waits are completed on their reactor's thread; use Reactor.Post from others");
        _phase = Phase.Completed;
        _result = result;
        if (_continuation is not null)
            QueueContinuation();
    }

    public ValueTaskSourceStatus GetStatus(short token)
    {
        Check(token);
        return _phase == Phase.Completed ? ValueTaskSourceStatus.Succeeded : ValueTaskSourceStatus.Pending;
    }

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        Check(token);
        if (_continuation is not null)
            throw new InvalidOperationException("A wait is awaited once.");

        _continuation = continuation;
        _state = state;
        if (_phase == Phase.Completed)
            QueueContinuation();
    }

    public bool GetResult(short token)
    {
        Check(token);
        if (_phase != Phase.Completed)
            throw new InvalidOperationException("A wait is awaited, never blocked on.");

        bool result = _result;
        _version++;
        _phase = Phase.Idle;
        Consumed();
        return result;
    }

    void IValueTaskSource.GetResult(short token) => GetResult(token);

    /// <summary>The waiter has its result: this object may serve another wait.</summary>
    protected virtual void Consumed()
    {
    }

    private void Begin(Reactor reactor)
    {
        if (_phase != Phase.Idle)
            throw new InvalidOperationException("Only one wait at a time.");

        _reactor = reactor;
        _phase = Phase.Waiting;
    }

    private void QueueContinuation()
    {
        Action<object?> continuation = _continuation!;
        object? state = _state;
        _continuation = null;
        _state = null;
        _reactor!.Enqueue(continuation, state);
    }

    private void Check(short token)
    {
        if (token != _version || _phase == Phase.Idle)
            throw new InvalidOperationException("This wait has ended.");
    }
}
