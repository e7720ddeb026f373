using Qssh.Errors;

namespace Qssh.Handshake;

/// <summary>The counters and clocks of docs/protocol.md, section 9, for one connection. Time is any clock that only goes forward.</summary>
internal sealed class RekeyBudget
{
    private readonly RekeyLimits _limits;
    private readonly Queue<TimeSpan> _peerStarts = [];
    private KeyUsage _sent;
    private KeyUsage _received;
    private TimeSpan _sendKeySince;
    private TimeSpan _generationSince;
    private TimeSpan? _exchangeSince;
    private long _generationBytes;
    private long _exchangeBytes;

    public RekeyBudget(RekeyLimits limits, TimeSpan now)
    {
        _limits = limits;
        _sendKeySince = _generationSince = now;
    }

    /// <summary>When an open exchange is overdue; null: none is open.</summary>
    public TimeSpan? ExchangeDeadline => _exchangeSince + _limits.ExchangeAge;

    /// <summary>Frames or records were sealed.</summary>
    public void CountSent(int records, long bytes)
    {
        _sent.Add(records, bytes, _limits.KeyFrames);
        _generationBytes += bytes;
        if (_exchangeSince is null)
            return;
        _exchangeBytes += bytes;
        if (_exchangeBytes > _limits.ExchangeBytes)
            ProtocolException.Throw(AlertCode.SessionLimit, "rekey overdue: too much sent meanwhile");
    }

    /// <summary>Frames or records were opened.</summary>
    public void CountReceived(int records, long bytes)
    {
        _received.Add(records, bytes, _limits.KeyFrames);
        _generationBytes += bytes;
    }

    public bool IsRatchetDue(TimeSpan now) =>
        _sent.HasReached(_limits.RatchetFrames, _limits.RatchetBytes) || (_sent.Frames > 0 && now - _sendKeySince >= _limits.RatchetAge);

    public bool IsFullDue(TimeSpan now) => _generationBytes >= _limits.FullBytes || now - _generationSince >= _limits.FullAge;

    public void CheckExchange(TimeSpan now)
    {
        if (now >= ExchangeDeadline)
            ProtocolException.Throw(AlertCode.SessionLimit, "rekey overdue");
    }

    /// <summary>The peer wants a full rekey. More than allowed in the window is an attempt to keep us busy.</summary>
    public void CountPeerStart(TimeSpan now)
    {
        while (_peerStarts.TryPeek(out TimeSpan oldest) && now - oldest > _limits.PeerWindow)
            _peerStarts.Dequeue();
        if (_peerStarts.Count >= _limits.PeerRekeys)
            ProtocolException.Throw(AlertCode.SessionLimit, "too many rekeys by the peer");
        _peerStarts.Enqueue(now);
    }

    public void ExchangeOpened(TimeSpan now)
    {
        _exchangeSince ??= now;
    }

    public void ExchangeClosed(TimeSpan now)
    {
        _exchangeSince = null;
        _exchangeBytes = 0;
        _generationBytes = 0;
        _generationSince = now;
    }

    public void SendingSwitched(TimeSpan now)
    {
        _sent = default;
        _sendKeySince = now;
    }

    public void ReceivingSwitched() => _received = default;
}
