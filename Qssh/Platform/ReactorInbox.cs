using Qssh.Platform.Native;

namespace Qssh.Platform;

/// <summary>What other threads hand to a reactor. One eventfd wakes the loop, and only when the inbox was empty before.</summary>
internal sealed unsafe class ReactorInbox : IDisposable
{
    private readonly Lock _lock = new();
    private readonly OwnedFd _wake;
    private List<Action> _incoming = [];
    private List<Action> _taken = [];
    private bool _closed;

    public ReactorInbox()
    {
        int wake = Libc.EventFd(0, Libc.EFD_CLOEXEC | Libc.EFD_NONBLOCK);
        if (wake < 0)
            throw new IOException("cannot create an event descriptor: " + Errno.Text(Errno.Last));

        _wake = new OwnedFd(wake);
    }

    public int Descriptor => _wake.Value;

    /// <summary>After the reactor's end the action is dropped: nobody is left to run it.</summary>
    public void Add(Action action)
    {
        lock (_lock)
        {
            if (_closed)
                return;

            _incoming.Add(action);
            if (_incoming.Count > 1)
                return;

            ulong one = 1;
            Libc.Write(_wake.Value, (byte*)&one, sizeof(ulong));
        }
    }

    /// <summary>Called by the loop when the descriptor is readable.</summary>
    public void MoveTo(RunQueue queue)
    {
        lock (_lock)
        {
            ulong count;
            Libc.Read(_wake.Value, (byte*)&count, sizeof(ulong));
            (_taken, _incoming) = (_incoming, _taken);
        }
        foreach (Action action in _taken)
            queue.Enqueue(static state => ((Action)state!)(), action);
        _taken.Clear();
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _closed = true;
            _wake.Dispose();
        }
    }
}
