namespace Qssh.Platform;

/// <summary>Binary min-heap of timers by due time; each timer knows its place, so that removal does not search.</summary>
internal sealed class TimerHeap
{
    private ReactorTimer[] _items = new ReactorTimer[16];

    public int Count { get; private set; }

    public void Add(ReactorTimer timer)
    {
        if (Count == _items.Length)
            Array.Resize(ref _items, Count * 2);
        timer.HeapKey = timer.Due;
        SiftUp(timer, Count++);
    }

    public void Remove(ReactorTimer timer)
    {
        int hole = timer.HeapIndex;
        timer.HeapIndex = -1;
        ReactorTimer last = _items[--Count];
        _items[Count] = null!;
        if (ReferenceEquals(last, timer))
            return;

        if (hole > 0 && last.HeapKey < _items[(hole - 1) / 2].HeapKey)
            SiftUp(last, hole);
        else
            SiftDown(last, hole);
    }

    /// <summary>Takes out the first timer due at <paramref name="now"/>, or null. Timers moved later are put right on the way.</summary>
    public ReactorTimer? TakeDue(long now)
    {
        while (Count > 0 && _items[0].HeapKey <= now)
        {
            ReactorTimer first = _items[0];
            Remove(first);
            if (first.Due == first.HeapKey)
                return first;

            Add(first);
        }
        return null;
    }

    /// <summary>Nanoseconds to wait; -1 without timers: for ever.</summary>
    public long NanosecondsToFirst(long now) => Count == 0 || _items[0].HeapKey == long.MaxValue ? -1 : Math.Max(0, _items[0].HeapKey - now);

    private void SiftUp(ReactorTimer timer, int index)
    {
        while (index > 0)
        {
            int parent = (index - 1) / 2;
            if (_items[parent].HeapKey <= timer.HeapKey)
                break;

            Place(_items[parent], index);
            index = parent;
        }
        Place(timer, index);
    }

    private void SiftDown(ReactorTimer timer, int index)
    {
        while (true)
        {
            int child = 2 * index + 1;
            if (child >= Count)
                break;

            if (child + 1 < Count && _items[child + 1].HeapKey < _items[child].HeapKey)
                child++;
            if (timer.HeapKey <= _items[child].HeapKey)
                break;

            Place(_items[child], index);
            index = child;
        }
        Place(timer, index);
    }

    private void Place(ReactorTimer timer, int index)
    {
        _items[index] = timer;
        timer.HeapIndex = index;
    }
}
