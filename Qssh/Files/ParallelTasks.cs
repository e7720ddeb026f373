using Qssh.Errors;
using Qssh.Platform;
using Qssh.Sftp.Client;

namespace Qssh.Files;

/// <summary>Many tasks at once on one thread, at most so many; a lost session ends them all.</summary>
/// <param name="most">Asked each time: the server says what it allows while the first questions are on their way.</param>
internal sealed class ParallelTasks(Func<int> most)
{
    private readonly Notifier _left = new();
    private readonly Queue<Notifier> _waiting = [];
    private int _running;
    private Exception? _fault;

    /// <summary>Begins the task when there is room for it.</summary>
    public async ValueTask StartAsync(Func<ValueTask> task)
    {
        while (_running >= most())
        {
            Notifier place = new();
            _waiting.Enqueue(place);
            await place.WaitAsync();
        }

        if (_fault is not null)
            throw _fault;
        Start(task);
    }

    /// <summary>Begins the task if there is room for it now. One of the tasks themselves asks so: it cannot wait for the others.</summary>
    public bool TryStart(Func<ValueTask> task)
    {
        if (_running >= most() || _fault is not null)
            return false;
        Start(task);
        return true;
    }

    /// <summary>Until all have ended.</summary>
    public async ValueTask FinishAsync()
    {
        while (_running > 0)
            await _left.WaitAsync();
        if (_fault is not null)
            throw _fault;
    }

    private void Start(Func<ValueTask> task)
    {
        _running++;
        Reactor.Current.Start(() => RunAsync(task));
    }

    private async ValueTask RunAsync(Func<ValueTask> task)
    {
        try
        {
            await task();
        }
        catch (Exception fault) when (fault is SftpLostException or ProtocolException)
        {
            _fault ??= TransferReport.AsLost(fault);
        }
        finally
        {
            _running--;
            _left.Set();
            if (_waiting.TryDequeue(out Notifier? place))
                place.Set();
        }
    }
}
