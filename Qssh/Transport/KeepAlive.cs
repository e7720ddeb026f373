namespace Qssh.Transport;

/// <summary>Decides when to ask a silent peer and when to give it up. Pure: the link calls <see cref="Elapsed"/> once per interval.</summary>
internal sealed class KeepAlive(TimeSpan interval, int count)
{
    private bool _received;
    private int _unanswered;

    internal enum Verdict
    {
        Quiet = 0,
        Ask,
        Dead,
    }

    /// <summary>False: no keep-alive is wanted.</summary>
    public bool IsOn => interval > TimeSpan.Zero;

    public TimeSpan Interval => interval;

    /// <summary>Anything that opened counts: only a peer with the keys can have sent it.</summary>
    public void OnReceived() => _received = true;

    /// <summary>One interval has passed.</summary>
    public Verdict Elapsed()
    {
        if (_received)
        {
            _received = false;
            _unanswered = 0;
            return Verdict.Quiet;
        }

        if (_unanswered >= count)
            return Verdict.Dead;
        _unanswered++;
        return Verdict.Ask;
    }
}
