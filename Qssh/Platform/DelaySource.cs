namespace Qssh.Platform;

/// <summary>A delay that is awaited; goes back to its reactor's stock when the waiter has its result.</summary>
internal sealed class DelaySource : WaitSource
{
    private readonly Stack<DelaySource> _stock;
    private readonly ReactorTimer _timer;

    public DelaySource(TimerHeap heap, Stack<DelaySource> stock)
    {
        _stock = stock;
        _timer = new ReactorTimer(heap, TimeSpan.Zero, () => Complete(true));
    }

    public ValueTask StartAsync(Reactor reactor, TimeSpan time)
    {
        ValueTask wait = StartPlain(reactor);
        _timer.Restart(time);
        return wait;
    }

    protected override void Consumed() => _stock.Push(this);
}
