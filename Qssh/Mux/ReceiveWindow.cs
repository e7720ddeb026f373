namespace Qssh.Mux;

/// <summary>
/// What we have allowed the peer to send on one channel, and when to allow more. The window starts small and grows fourfold while a whole
/// window is taken up by our side within two round trips: it follows the bandwidth-delay product, up to a fixed maximum.
/// </summary>
internal struct ReceiveWindow
{
    public const int Initial = 1 << 20;
    public const int Maximum = 16 << 20;

    /// <summary>A far path is filled in two round trips, as each step costs one.</summary>
    private const int Growth = 4;

    /// <summary>Credit is told in pieces of a quarter, but no larger: what is not told yet would be missing on a path that needs the whole window.</summary>
    private const int LargestCredit = 1 << 20;

    private int _size;
    private int _allowed;
    private int _consumed;
    private int _sinceTurn;

    /// <summary>The first turn starts with the first data: how long a login or a program took to begin says nothing about the path.</summary>
    private long _turnStarted = -1;

    public ReceiveWindow(int initial)
    {
        _size = initial;
        _allowed = initial;
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
        if (_turnStarted < 0)
            _turnStarted = now;
        if (_sinceTurn >= _size)
            Turn(now, roundTrip, ref growth);

        if (_consumed < Math.Min(_size / 4, LargestCredit))
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
            int growth = Math.Min(Math.Min((Growth - 1) * _size, Maximum - _size), budget);
            _size += growth;
            _consumed += growth;
            budget -= growth;
        }

        _sinceTurn = 0;
        _turnStarted = now;
    }
}
