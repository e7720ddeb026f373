namespace Qssh.Server;

/// <summary>
/// How often one source may connect: a token bucket for each, full at first. Sources whose bucket is full again are forgotten, so memory is
/// bounded by the sources of the last moments.
/// </summary>
/// <param name="perSecond">Connections in the long run.</param>
/// <param name="burst">Connections at once.</param>
internal sealed class StartRate(int perSecond, int burst)
{
    /// <summary>Sources remembered; beyond, the whole table is tried for forgetting, and if all are busy newcomers are not counted.</summary>
    private const int MaxSources = 65_536;

    private readonly Dictionary<UInt128, (double Tokens, long Time)> _buckets = [];

    /// <param name="now">Milliseconds of a monotonic clock.</param>
    /// <returns>False: too often.</returns>
    public bool TryTake(UInt128 source, long now)
    {
        if (_buckets.Count >= MaxSources)
            Forget(now);
        double tokens = _buckets.TryGetValue(source, out (double Tokens, long Time) bucket) ? Filled(bucket, now) : burst;
        if (tokens < 1)
            return false;
        if (_buckets.Count < MaxSources || _buckets.ContainsKey(source))
            _buckets[source] = (tokens - 1, now);
        return true;
    }

    private double Filled((double Tokens, long Time) bucket, long now) => Math.Min(burst, bucket.Tokens + (now - bucket.Time) * perSecond / 1000.0);

    private void Forget(long now)
    {
        foreach ((UInt128 source, (double Tokens, long Time) bucket) in _buckets)
        {
            if (Filled(bucket, now) >= burst)
                _buckets.Remove(source);
        }
    }
}
