using Qssh.Platform;

namespace Qssh.Sftp.Client;

/// <summary>At most so many bytes in a second, with a burst of a tenth of one.</summary>
internal sealed class RateLimit(long bytesPerSecond)
{
    private long _allowedAt = MonotonicClock.Nanoseconds;
    private ReactorTimer? _timer;

    /// <summary>What pieces should be cut to, so that they do not take longer than a tenth of a second.</summary>
    public int Piece { get; } = (int)Math.Clamp(bytesPerSecond / 10, 1024, SftpLimits.Data);

    /// <summary>False: not now; <paramref name="resume"/> is called when it is time.</summary>
    public bool MayGo(Action resume)
    {
        long wait = _allowedAt - MonotonicClock.Nanoseconds;
        if (wait <= 0)
            return true;
        if (_timer is not { IsActive: true })
            _timer = Reactor.Current.Schedule(TimeSpan.FromMilliseconds(Math.Max(1, wait / 1_000_000)), resume);
        return false;
    }

    public void Spend(int bytes) =>
        _allowedAt = Math.Max(_allowedAt, MonotonicClock.Nanoseconds - 100_000_000) + (long)(bytes * 1e9 / bytesPerSecond);
}
