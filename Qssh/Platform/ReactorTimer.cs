namespace Qssh.Platform;

/// <summary>
/// One-shot timer of a reactor, used on its thread. Moving it later only notes the new time (the heap learns of it when the old
/// one comes up), so a keep-alive may be restarted for each frame.
/// </summary>
internal sealed class ReactorTimer
{
    private readonly TimerHeap _heap;
    private readonly TimeSpan _time;

    internal ReactorTimer(TimerHeap heap, TimeSpan time, Action callback)
    {
        _heap = heap;
        _time = time;
        Callback = callback;
    }

    /// <summary>It will run, unless cancelled.</summary>
    public bool IsActive => HeapIndex >= 0;

    internal Action Callback { get; }

    internal long Due { get; private set; }

    /// <summary>Where the heap has it sorted: never later than <see cref="Due"/>.</summary>
    internal long HeapKey { get; set; }

    internal int HeapIndex { get; set; } = -1;

    /// <summary>Counts anew from now, whether it has run, was cancelled or is pending.</summary>
    public void Restart() => Restart(_time);

    public void Restart(TimeSpan time)
    {
        Due = MonotonicClock.After(time);
        if (IsActive && Due >= HeapKey)
            return;

        if (IsActive)
            _heap.Remove(this);
        _heap.Add(this);
    }

    public void Cancel()
    {
        if (IsActive)
            _heap.Remove(this);
    }
}
