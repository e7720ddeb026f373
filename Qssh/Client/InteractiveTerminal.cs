using System.Runtime.InteropServices;
using Qssh.Platform;

namespace Qssh.Client;

/// <summary>
/// The local terminal of a session that has one on the other side: raw for as long as this lives, its size followed, and put back
/// whatever happens (<see cref="TerminalRestorer"/> for ends that nobody sees coming).
/// </summary>
internal sealed class InteractiveTerminal : IDisposable
{
    private readonly int _descriptor;
    private readonly ClientLog _log;
    private readonly Action _resized;
    private readonly SignalSource _signals = new(Reactor.Current);
    private RawTerminal? _raw;

    /// <param name="descriptor">The terminal, or what stands in for one (-tt): then only signals are handled.</param>
    /// <param name="resized">The size may have changed.</param>
    /// <param name="killed">A signal asks this process to end.</param>
    public InteractiveTerminal(int descriptor, ClientLog log, Action resized, Action<int> killed)
    {
        _descriptor = descriptor;
        _log = log;
        _resized = resized;
        _raw = RawTerminal.Enter(descriptor);
        _log.IsRaw = _raw is not null;
        _signals.On(PosixSignal.SIGWINCH, resized);
        foreach (int signal in (ReadOnlySpan<int>)[SignalNumber.Hangup, SignalNumber.Interrupt, SignalNumber.Quit, SignalNumber.Terminate])
            _signals.On(Posix(signal), () => killed(signal));
        _signals.On(PosixSignal.SIGTSTP, Suspend);
        _signals.On(PosixSignal.SIGCONT, Resume);
    }

    /// <summary>Stops this process as ^Z in any program does, with the terminal in order, and goes on when it is continued.</summary>
    public void Suspend()
    {
        _raw?.Suspend();
        _log.IsRaw = false;
        SignalSource.StopSelf();
        Resume();
    }

    public void Dispose()
    {
        _signals.Dispose();
        _raw?.Dispose();
        _raw = null;
        _log.IsRaw = false;
    }

    /// <summary>Also after a stop that nobody announced: the shell has set the terminal to its own liking meanwhile.</summary>
    private void Resume()
    {
        _raw?.Resume();
        _log.IsRaw = _raw is not null;
        _resized();
    }

    private static PosixSignal Posix(int signal) => signal switch
    {
        SignalNumber.Hangup => PosixSignal.SIGHUP,
        SignalNumber.Interrupt => PosixSignal.SIGINT,
        SignalNumber.Quit => PosixSignal.SIGQUIT,
        _ => PosixSignal.SIGTERM,
    };
}
