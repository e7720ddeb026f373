using Qssh.Errors;
using Qssh.Platform.Native;

namespace Qssh.Platform;

/// <summary>
/// A child and its end, by pidfd: no signal handler, no race with a number used again. Belongs to the reactor that started it.
/// Disposing does not end the child; it is still reaped when it ends.
/// </summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly OwnedFd _handle;
    private FdWatch? _watch;
    private ExitResult? _result;
    private bool _waiting;
    private bool _disposed;

    private ChildProcess(int id, OwnedFd handle)
    {
        Id = id;
        _handle = handle;
    }

    public int Id { get; }

    public bool HasExited => _result is not null || TryReap();

    public static ChildProcess Start(SpawnRequest request)
    {
        int error = Spawner.Start(request, out int pid);
        if (error != 0)
            throw new FailureException($"cannot start {request.Path}: {Errno.Text(error)}");

        // Until we wait for it the number cannot be used again, so this names our child even if it has ended already.
        var handle = (int)Libc.SystemCall(Libc.SYS_pidfd_open, pid, 0, 0, 0);
        if (handle >= 0)
            return new ChildProcess(pid, new OwnedFd(handle));

        error = Errno.Last;
        Libc.Kill(pid, SignalNumber.Kill);
        Collect(pid);
        throw new FailureException($"cannot watch process {pid}: {Errno.Text(error)} (Linux 5.3 or later is needed)");
    }

    /// <summary>Waits for the end; later calls give the same result at once. One waiter at a time.</summary>
    public async ValueTask<ExitResult> ExitAsync()
    {
        _waiting = true;
        try
        {
            while (_result is null && !TryReap())
                await (_watch ??= Reactor.Current.Watch(_handle.Value)).ReadableAsync();
        }
        finally
        {
            _waiting = false;
        }
        if (_disposed)
            Close();
        return _result!.Value;
    }

    /// <summary>The same for a program that has nothing else to do meanwhile: blocks, and ends the child when it takes too long.</summary>
    public ExitResult Wait(int milliseconds)
    {
        while (!HasExited)
        {
            if (!Descriptor.IsReady(_handle.Value, forWriting: false, milliseconds))
                Kill(SignalNumber.Terminate);
        }

        return _result!.Value;
    }

    /// <summary>Blocks for so long at most.</summary>
    public void Await(int milliseconds)
    {
        if (!HasExited)
            Descriptor.IsReady(_handle.Value, forWriting: false, milliseconds);
    }

    /// <summary>False when it has ended.</summary>
    public bool Kill(int signal) =>
        _result is null && Libc.SystemCall(Libc.SYS_pidfd_send_signal, _handle.Value, signal, 0, 0) == 0;

    /// <summary>
    /// Signals the process group that the child leads (a session child does), or the child alone while it has not come to lead one yet. False
    /// once it has ended, as the number may be another's.
    /// </summary>
    public bool KillGroup(int signal) => _result is null && (Libc.Kill(-Id, signal) == 0 || Kill(signal));

    public void Dispose()
    {
        if (_disposed)
            return;

        _disposed = true;
        if (_result is not null || TryReap())
            Close();
        else if (!_waiting && Reactor.CurrentOrNone is { } reactor)
            reactor.Start(async () => await ExitAsync());
    }

    private void Close()
    {
        _watch?.Dispose();
        _handle.Dispose();
    }

    /// <summary>Waits for a child that was killed just now.</summary>
    private static unsafe void Collect(int pid)
    {
        Libc.SignalInfo info = default;
        while (Libc.WaitId(Libc.P_PID, pid, &info, Libc.WEXITED) != 0 && Errno.Last == Errno.Interrupted)
        {
        }
    }

    private unsafe bool TryReap()
    {
        Libc.SignalInfo info = default;
        if (Libc.WaitId(Libc.P_PIDFD, _handle.Value, &info, Libc.WEXITED | Libc.WNOHANG) != 0)
        {
            // Somebody else in this process reaped it: the status is lost, the end is not.
            if (Errno.Last != Errno.Interrupted)
                _result = new ExitResult(FailureException.OwnFailure, 0, false);
            return _result is not null;
        }
        if (info.Pid == 0)
            return false;

        _result = info.Code == Libc.CLD_EXITED
            ? new ExitResult(info.Status, 0, false)
            : new ExitResult(0, info.Status, info.Code == Libc.CLD_DUMPED);
        return true;
    }
}
