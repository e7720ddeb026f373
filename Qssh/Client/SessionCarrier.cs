using System.Runtime.InteropServices;
using Qssh.Config;
using Qssh.Errors;
using Qssh.Handshake;
using Qssh.Platform;
using Qssh.Transport;

namespace Qssh.Client;

/// <summary>
/// An authenticated connection from login to exit: brings the local terminal and the remote session together, and decides with which
/// status and which words it ends.
/// </summary>
internal sealed class SessionCarrier : IDisposable
{
    private const int LongestGoodbye = 100;

    private readonly ConnectionFacts _facts;
    private readonly ClientOptions _options;
    private readonly ClientLog _log;
    private readonly RemoteSession? _session;
    private readonly Notifier _ended = new();
    private InteractiveTerminal? _terminal;
    private Exception? _fault;
    private bool _isOver;
    private bool _isCutOff;
    private bool _isAbandoned;
    private int _killedBy;

    /// <param name="session">Null: nothing runs on the other side (-N).</param>
    public SessionCarrier(ConnectionFacts facts, RemoteSession? session, RemotePlan plan, ClientOptions options, ClientLog log)
    {
        _facts = facts;
        _options = options;
        _log = log;
        _session = session;
        if (session is null)
            return;
        session.Started = OnStarted;
        if (plan.Escape is { } escape)
            session.Filter = new EscapeFilter(escape, new SessionEscapes(this, session, facts, escape, log));
    }

    /// <summary>The connection is over; called by the multiplexer.</summary>
    public void OnConnectionClosed(Exception? reason)
    {
        _fault = reason;
        _isOver = true;
        _ended.Set();
    }

    /// <returns>The exit status.</returns>
    public ValueTask<int> RunAsync() => _session is null ? HoldAsync() : CarryAsync(_session);

    public void Suspend() => _terminal?.Suspend();

    /// <summary>The user has had enough.</summary>
    public void Disconnect()
    {
        _isAbandoned = true;
        _session?.Abandon();
        _ended.Set();
    }

    public void Dispose() => _terminal?.Dispose();

    private async ValueTask<int> CarryAsync(RemoteSession session)
    {
        await session.EndAsync();
        _isCutOff = _isOver;
        _terminal?.Dispose();
        await LeaveAsync();
        return Conclude(session);
    }

    /// <summary>-N: the connection is all there is, until somebody ends it.</summary>
    private async ValueTask<int> HoldAsync()
    {
        using SignalSource signals = new(Reactor.Current);
        signals.On(PosixSignal.SIGINT, () => Kill(SignalNumber.Interrupt));
        signals.On(PosixSignal.SIGTERM, () => Kill(SignalNumber.Terminate));
        signals.On(PosixSignal.SIGHUP, () => Kill(SignalNumber.Hangup));
        while (!_isOver && !_isAbandoned)
            await _ended.WaitAsync();
        await LeaveAsync();
        if (!_isAbandoned)
            _log.Fatal(EndMessages.Of(_facts.Host, _fault));
        SayKilled();
        return FailureException.OwnFailure;
    }

    private void OnStarted(bool withTerminal)
    {
        if (!withTerminal)
            return;
        _terminal = new InteractiveTerminal(_session!.Terminal, _log, _session.TellSize, Kill);
        TimeSpan grid = _options.ObscureKeystrokeTiming;
        if (_facts.Tier >= Tier.Hardened && grid > TimeSpan.Zero)
            _facts.Link.CoverKeystrokes(isClient: true, (int)grid.TotalMilliseconds);
    }

    private void Kill(int signal)
    {
        _killedBy = signal;
        Disconnect();
    }

    /// <summary>Our goodbye has to be in the kernel's hands before this process is gone; a peer that takes nothing does not hold us.</summary>
    private async ValueTask LeaveAsync()
    {
        _facts.Link.Close(AlertCode.Close);
        long started = Environment.TickCount64;
        do
            await Reactor.Current.DelayAsync(TimeSpan.Zero);
        while (!_isOver && !_facts.Connection.Writer.IsEmpty && Environment.TickCount64 - started < LongestGoodbye);
    }

    private int Conclude(RemoteSession session)
    {
        SayKilled();
        if (session.Status is { } status)
        {
            if (_terminal is not null && _killedBy == 0)
                _log.Info($"Connection to {_facts.Host} closed.");
            return status;
        }

        if (_isCutOff)
            _log.Fatal(EndMessages.Of(_facts.Host, session.Fault));
        else
            _log.Fatal($"The session on {_facts.Host} was closed without an exit status.");
        return FailureException.OwnFailure;
    }

    private void SayKilled()
    {
        if (_killedBy != 0)
            _log.Verbose($"Killed by signal {_killedBy}.");
    }
}
