namespace Qssh.Platform;

/// <summary>
/// Auto-reset event for one waiter on the reactor thread: any number of <see cref="Set"/> before a wait are one. A waiter may be
/// woken by a set that it has already seen the effect of, so it checks its condition in a loop.
/// </summary>
internal sealed class Notifier
{
    private readonly WaitSource _source = new();
    private bool _set;

    public ValueTask WaitAsync()
    {
        if (!_set)
            return _source.StartPlain(Reactor.Current);

        _set = false;
        return ValueTask.CompletedTask;
    }

    public void Set()
    {
        if (_source.IsWaiting)
            _source.Complete(true);
        else
            _set = true;
    }
}
