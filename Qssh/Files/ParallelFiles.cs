using Qssh.Errors;
using Qssh.Platform;
using Qssh.Sftp.Client;

namespace Qssh.Files;

/// <summary>Many small tasks at once on one thread, at most so many; a lost session ends them all.</summary>
internal sealed class ParallelFiles(int most)
{
    private readonly Notifier _left = new();
    private int _running;
    private Exception? _fault;

    /// <summary>Begins the task when there is room for it.</summary>
    public async ValueTask StartAsync(Func<ValueTask> task)
    {
        while (_running >= most)
            await _left.WaitAsync();
        if (_fault is not null)
            throw _fault;
        _running++;
        Reactor.Current.Start(() => RunAsync(task));
    }

    /// <summary>Until all have ended.</summary>
    public async ValueTask FinishAsync()
    {
        while (_running > 0)
            await _left.WaitAsync();
        if (_fault is not null)
            throw _fault;
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
        }
    }
}
