namespace Qssh.Mux;

/// <summary>
/// What we have allowed the peer to send on one channel, and when to allow more. The window starts small and doubles while a whole
/// window is taken up by our side within two round trips: it follows the bandwidth-delay product, up to a fixed maximum.
/// </summary>
internal struct ReceiveWindow
{
    public const int Initial = 1 << 20;
    public const int Maximum = 16 << 20;

    private int _size;
    private int _allowed;
    private int _consumed;
    private int _sinceTurn;
    private long _turnStarted;

    public ReceiveWindow(int initial, long now)
    {
        _size = initial;
        _allowed = initial;
        _turnStarted = now;
    }

    /// <summary>The present size in bytes.</summary>
    public readonly int Size => _size;

    /// <summary>Bytes that the peer may still send.</summary>
    public readonly int Allowed => _allowed;

    /// <summary>The peer has sent data. False: more than it was allowed.</summary>
    public bool TryReceive(int count)
    {
        if (count > _allowed)
            return false;
        _allowed -= count;
        return true;
    }

    /// <summary>Data has left our side. Returns the credit to send to the peer now, or 0.</summary>
    /// <param name="now">Milliseconds of a monotonic clock.</param>
    /// <param name="roundTrip">Milliseconds.</param>
    /// <param name="growth">Bytes that the window may still grow: a budget of the whole connection. What was taken is subtracted.</param>
    public int Consume(int count, long now, int roundTrip, ref int growth)
    {
        _consumed += count;
        _sinceTurn += count;
        if (_sinceTurn >= _size)
            Turn(now, roundTrip, ref growth);

        if (_consumed < _size / 4)
            return 0;
        int credit = _consumed;
        _allowed += credit;
        _consumed = 0;
        return credit;
    }

    private void Turn(long now, int roundTrip, ref int budget)
    {
        if (now - _turnStarted <= 2L * roundTrip && _size < Maximum)
        {
            int growth = Math.Min(Math.Min(_size, Maximum - _size), budget);
            _size += growth;
            _consumed += growth;
            budget -= growth;
        }

        _sinceTurn = 0;
        _turnStarted = now;
    }
}
