using System.Runtime.ExceptionServices;
using Qssh.Platform.Native;

namespace Qssh.Platform;

/// <summary>
/// One thread, one epoll, one run queue. Everything of a connection runs on its reactor's thread, so there are no locks:
/// every await inside <see cref="Run"/> completes on that thread, and continuations only ever run from this loop. Other threads
/// hand in work by <see cref="Post"/> and touch nothing else. No synchronization context is installed, as it would cost an
/// allocation per await; hence nothing of the thread pool is awaited in here. Without ready work the loop sleeps in the kernel.
/// </summary>
internal sealed class Reactor : IDisposable
{
    /// <summary>Items run before the descriptors are asked again: a busy producer cannot starve the sockets.</summary>
    private const int ItemsPerTurn = 128;
    private const ulong InboxData = ulong.MaxValue;

    [ThreadStatic]
    private static Reactor? s_current;

    private readonly RunQueue _queue = new();
    private readonly TimerHeap _timers = new();
    private readonly Stack<DelaySource> _delays = new();
    private readonly List<FdWatch> _unsettled = [];
    private readonly ReactorInbox _inbox;
    private FdWatch?[] _watches = new FdWatch?[64];
    private uint _generation;
    private bool _finished;

    public Reactor()
    {
        SignalSource.IgnoreBrokenPipe();
        Epoll = new EpollSet();
        _inbox = new ReactorInbox();
        Epoll.Control(Libc.EPOLL_CTL_ADD, _inbox.Descriptor, Libc.EPOLLIN, InboxData);
    }

    /// <summary>The reactor that runs on this thread.</summary>
    public static Reactor Current => s_current ?? throw new InvalidOperationException("No reactor runs on this thread.");

    /// <summary>The reactor that runs on this thread, if one does.</summary>
    public static Reactor? CurrentOrNone => s_current;

    public bool IsCurrent => ReferenceEquals(s_current, this);

    public bool IsRunning { get; private set; }

    /// <summary>Takes what a posted action, a timer or a started routine throws. Without it, that ends <see cref="Run"/>.</summary>
    public Action<Exception>? Faulted { get; set; }

    /// <summary>How often the loop asked the kernel: an idle reactor does not.</summary>
    internal long Turns { get; private set; }

    internal EpollSet Epoll { get; }

    /// <summary>Runs until <paramref name="main"/> completes and returns its result or throws what it threw.</summary>
    public int Run(Func<ValueTask<int>> main)
    {
        if (s_current is not null)
            throw new InvalidOperationException("A reactor already runs on this thread.");

        s_current = this;
        IsRunning = true;
        try
        {
            var outcome = new Outcome();
            _finished = false;
            _ = RunMainAsync(main, outcome);
            while (!_finished)
                Turn();
            outcome.Fault?.Throw();
            return outcome.Result;
        }
        finally
        {
            IsRunning = false;
            s_current = null;
        }
    }

    /// <summary>Runs the action from the loop, soon; from any thread. After the reactor's end it does nothing.</summary>
    public void Post(Action action)
    {
        if (IsCurrent)
            _queue.Enqueue(static state => ((Action)state!)(), action);
        else
            _inbox.Add(action);
    }

    /// <summary>Starts a routine that nobody awaits; what it throws goes to <see cref="Faulted"/>.</summary>
    public async void Start(Func<ValueTask> routine)
    {
        try
        {
            await routine();
        }
        catch (Exception fault)
        {
            Post(() => ExceptionDispatchInfo.Throw(fault));
        }
    }

    public FdWatch Watch(int fd)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(fd);
        if (fd >= _watches.Length)
            Array.Resize(ref _watches, Math.Max(fd + 1, _watches.Length * 2));

        // A number that came back without its old watch disposed: the old one ends, unless it is alive and this is a mistake.
        if (_watches[fd] is { } old)
        {
            if (old.IsStillRegistered())
                throw new InvalidOperationException($"Descriptor {fd} is watched already.");
            old.Detach();
        }
        return _watches[fd] = new FdWatch(this, fd, ++_generation & int.MaxValue);
    }

    public ReactorTimer Schedule(TimeSpan due, Action callback)
    {
        var timer = new ReactorTimer(_timers, due, callback);
        timer.Restart();
        return timer;
    }

    public ValueTask DelayAsync(TimeSpan time)
    {
        if (!_delays.TryPop(out DelaySource? delay))
            delay = new DelaySource(_timers, _delays);
        return delay.StartAsync(this, time);
    }

    public void Dispose()
    {
        _inbox.Dispose();
        Epoll.Dispose();
    }

    internal void Enqueue(Action<object?> callback, object? state) => _queue.Enqueue(callback, state);

    internal void Forget(FdWatch watch)
    {
        if (ReferenceEquals(_watches[watch.Descriptor], watch))
            _watches[watch.Descriptor] = null;
    }

    internal void SettleLater(FdWatch watch) => _unsettled.Add(watch);

    private async ValueTask RunMainAsync(Func<ValueTask<int>> main, Outcome outcome)
    {
        try
        {
            outcome.Result = await main();
        }
        catch (Exception fault)
        {
            outcome.Fault = ExceptionDispatchInfo.Capture(fault);
        }
        if (IsCurrent)
            _finished = true;
        else
            Post(() => _finished = true);
    }

    private void Turn()
    {
        for (int i = 0; i < ItemsPerTurn && _queue.Count > 0 && !_finished; i++)
            Guard(_queue, static queue => ((RunQueue)queue).RunOne());
        if (_finished)
            return;

        foreach (FdWatch watch in _unsettled)
            watch.Settle();
        _unsettled.Clear();
        long wait = _queue.Count > 0 ? 0 : _timers.Count == 0 ? -1 : _timers.NanosecondsToFirst(MonotonicClock.Nanoseconds);
        Turns++;
        int count = Epoll.Wait(wait);
        for (int i = 0; i < count; i++)
            Dispatch(Epoll.Data(i), Epoll.Events(i));
        if (_timers.Count > 0)
            RunDueTimers();
    }

    private void Dispatch(ulong data, uint events)
    {
        if (data == InboxData)
        {
            _inbox.MoveTo(_queue);
            return;
        }
        var descriptor = (int)(uint)data;
        FdWatch? watch = descriptor < _watches.Length ? _watches[descriptor] : null;
        if (watch is not null && watch.Generation == (uint)(data >> 32))
            watch.OnEvents(events);
    }

    private void RunDueTimers()
    {
        long now = MonotonicClock.Nanoseconds;
        while (!_finished && _timers.TakeDue(now) is { } timer)
            Guard(timer, static timer => ((ReactorTimer)timer).Callback());
    }

    private void Guard(object target, Action<object> call)
    {
        try
        {
            call(target);
        }
        catch (Exception fault) when (Faulted is not null)
        {
            Faulted(fault);
        }
    }

    private sealed class Outcome
    {
        public int Result;
        public ExceptionDispatchInfo? Fault;
    }
}
