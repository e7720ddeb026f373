using Qssh.Platform;

namespace Qssh.Commands;

/// <summary>
/// INT, TERM and HUP while files are copied: what runs is stopped where it is and takes its other names away, then this process dies by the
/// signal, so that shells and scripts see it. A second signal, or a peer that does not answer, ends the sessions, too.
/// </summary>
internal sealed class CopySignals : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    /// <summary>timeout(1) and some shells signal the process and then its group: that is one wish.</summary>
    private static readonly TimeSpan s_echo = TimeSpan.FromMilliseconds(250);

    private readonly SignalSource _signals = new(Reactor.Current);
    private readonly Action _stop;
    private readonly Action _sever;
    private int _signal;
    private long _echoEnd;
    private bool _isSevered;

    /// <param name="withInterrupt">False: somebody else takes ^C.</param>
    public CopySignals(Action stop, Action sever, bool withInterrupt = true)
    {
        (_stop, _sever) = (stop, sever);
        foreach (int signal in (ReadOnlySpan<int>)[SignalNumber.Hangup, SignalNumber.Interrupt, SignalNumber.Terminate])
        {
            // Whoever started this with nohup, or from a script in the background, wants it to go on.
            if ((withInterrupt || signal != SignalNumber.Interrupt) && !SignalSource.IsIgnored(signal))
                _signals.On(signal, () => OnSignal(signal));
        }
    }

    /// <summary>There is something to leave in order; else a signal ends this process at once.</summary>
    public bool IsBusy { get; set; }

    /// <summary>Everything is in order.</summary>
    public void DieIfAsked()
    {
        if (_signal != 0)
            Die(_signal);
    }

    public void Dispose() => _signals.Dispose();

    private void OnSignal(int signal)
    {
        if (!IsBusy || _isSevered)
            Die(signal);
        if (_signal != 0)
        {
            if (MonotonicClock.Nanoseconds >= _echoEnd)
                Sever();
            return;
        }

        _signal = signal;
        _echoEnd = MonotonicClock.After(s_echo);
        Reactor.Current.Schedule(s_patience, Sever);
        _stop();
    }

    private void Sever()
    {
        _isSevered = true;
        _sever();
    }

    private static void Die(int signal)
    {
        TerminalRestorer.RestoreAll();
        SignalSource.DieBy(signal);
    }
}
