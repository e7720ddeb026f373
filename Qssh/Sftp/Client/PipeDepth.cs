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

    /// <summary>The first look is one at a peer that has just started, with more behind it.</summary>
    private const long SecondLook = 50_000_000;

    /// <summary>A quarter of the least: a line must not run dry meanwhile.</summary>
    private const int Together = Least / 4;

    private long _sentAt;
    private long _nextLook;
    private bool _isDraining;
    private bool _isLooking;
    private bool _isFull;

    /// <summary>In bytes.</summary>
    public int Bytes { get; private set; } = Least;

    /// <summary>
    /// Whether one more may go with so many bytes on their way. When it is full, a few pieces have to come back before any goes again:
    /// they go together then, in one packet that wakes the peer once.
    /// </summary>
    public bool HasRoom(int bytes)
    {
        _isFull = _isFull ? bytes > Bytes - Together : bytes >= Bytes;
        return !_isFull && (bytes == 0 || !_isDraining);
    }

    /// <summary>Something goes while nothing else is on its way.</summary>
    /// <param name="now">In nanoseconds of any clock that only goes on.</param>
    public void OnFirst(long now)
    {
        if (Bytes == Most || (_nextLook > 0 && !_isDraining))
            return;
        _sentAt = now;
        _isLooking = true;
    }

    /// <summary>Anything was answered.</summary>
    public void OnAnswer(long now)
    {
        if (Bytes == Most)
            return;
        if (_isLooking)
        {
            Bytes = (int)Math.Min(Most, Least + (now - _sentAt) * LineRate);
            _nextLook = now + (_isDraining ? LookEvery : SecondLook);
            _isDraining = _isLooking = false;
        }
        else if (now >= _nextLook)
        {
            _isDraining = _nextLook > 0;
        }
    }
}
