namespace Qssh.Platform;

/// <summary>
/// Growing ring of work for one reactor thread. Its bound is the number of awaits of that reactor, which their owners bound:
/// a continuation is queued at most once per wait.
/// </summary>
internal sealed class RunQueue
{
    private Item[] _items = new Item[64];
    private int _head;

    public int Count { get; private set; }

    public void Enqueue(Action<object?> callback, object? state)
    {
        if (Count == _items.Length)
            Grow();
        _items[(_head + Count) & (_items.Length - 1)] = new Item(callback, state);
        Count++;
    }

    /// <summary>Runs the oldest item. It is taken out first, as it may throw and may queue more.</summary>
    public void RunOne()
    {
        Item item = _items[_head];
        _items[_head] = default;
        _head = (_head + 1) & (_items.Length - 1);
        Count--;
        item.Callback(item.State);
    }

    private void Grow()
    {
        var larger = new Item[_items.Length * 2];
        for (int i = 0; i < Count; i++)
            larger[i] = _items[(_head + i) & (_items.Length - 1)];
        _items = larger;
        _head = 0;
    }

    private readonly record struct Item(Action<object?> Callback, object? State);
}
