namespace Qssh.Sftp.Client;

/// <summary>
/// How much may be on its way at once: enough for a fast line as long as this one is, and no more, as what waits in a buffer has left the
/// processor's caches when its turn comes; over a short line that costs a fifth of the speed. How long the line is can only be seen while
/// nothing else is on it (every answer of a full one takes depth/rate), so a short one is let run dry now and then to look again.
/// </summary>
internal sealed class PipeDepth
{
    /// <summary>64 of the largest pieces: a gigabit over 100 ms and more. What the peer has to keep of it is bounded by its windows.</summary>
    public const int Most = 64 * SftpLimits.Data;

    /// <summary>Two halves of it keep either side busy; more leaves the caches.</summary>
    public const int Least = 2 * 1024 * 1024;

    /// <summary>In bytes for each nanosecond: ten gigabits in a second.</summary>
    private const double LineRate = 1.25;

    /// <summary>In nanoseconds. A look costs two round trips of a short line.</summary>
    private const long LookEvery = 1_000_000_000;

    /// <summary>After a look that may have been at something else: a peer that has just started, a disk, a busy processor.</summary>
    private const long LookAgain = 50_000_000;

    /// <summary>No disk makes a first answer as slow as this: the line is long, and a second look would cost two of its round trips.</summary>
    private const long CertainlyLong = 40_000_000;

    /// <summary>A quarter of the least: a line must not run dry meanwhile.</summary>
    private const int Together = Least / 4;

    private long _sentAt;
    private long _nextLook;
    private bool _isSettled;
    private bool _isLooking;
    private bool _isFull;

    /// <summary>In bytes.</summary>
    public int Bytes { get; private set; } = Least;

    /// <summary>Nothing new goes until all is answered, and then only one: the look.</summary>
    public bool IsDraining { get; private set; }

    /// <summary>
    /// Whether one more may go with so many bytes on their way. When it is full, a few pieces have to come back before any goes again:
    /// they go together then, in one packet that wakes the peer once.
    /// </summary>
    public bool HasRoom(int bytes)
    {
        _isFull = _isFull ? bytes > Bytes - Together : bytes >= Bytes;
        return !_isFull && (bytes == 0 || !IsDraining);
    }

    /// <summary>Something goes while no other data is on its way.</summary>
    /// <param name="now">In nanoseconds of any clock that only goes on.</param>
    /// <param name="isAlone">Nothing else waits for its answer, either.</param>
    public void OnFirst(long now, bool isAlone)
    {
        bool isFirst = _nextLook == 0;
        if (isFirst || (isAlone && (IsDraining || _isSettled)))
            (_isLooking, _sentAt) = (true, now);
        else if (IsDraining)
            (IsDraining, _nextLook) = (false, now + LookAgain);
    }

    /// <summary>Anything was answered.</summary>
    public void OnAnswer(long now)
    {
        if (_isLooking)
            OnLook(now, now - _sentAt);
        else if (!_isSettled && _nextLook > 0 && now >= _nextLook)
            IsDraining = true;
    }

    /// <summary>One answer takes very long: what has nothing to do with it goes on.</summary>
    public void StopDraining(long now)
    {
        if (IsDraining)
            (IsDraining, _nextLook) = (false, now + LookEvery);
    }

    /// <summary>A single long look may be an accident, a single short one is not.</summary>
    private void OnLook(long now, long time)
    {
        int bytes = (int)Math.Min(Most, Least + (time * LineRate));
        bool isFirst = _nextLook == 0, isLonger = bytes > Bytes + Together;
        _isSettled = bytes == Most && (isFirst ? time >= CertainlyLong : Bytes == Most);
        Bytes = bytes;
        _nextLook = now + (isFirst || isLonger ? LookAgain : LookEvery);
        IsDraining = _isLooking = false;
    }
}
