using System.Diagnostics;

namespace Qssh.Platform;

/// <summary>CLOCK_MONOTONIC in nanoseconds, which is what the runtime's Stopwatch reads on Linux.</summary>
internal static class MonotonicClock
{
    public const long NanosecondsPerMillisecond = 1_000_000;
    public static long Nanoseconds => Stopwatch.GetTimestamp();

    /// <summary>Saturates, so that "never" (TimeSpan.MaxValue) is a due time like any other.</summary>
    public static long After(TimeSpan time)
    {
        long now = Nanoseconds;
        if (time <= TimeSpan.Zero)
            return now;

        return time.Ticks >= (long.MaxValue - now) / TimeSpan.NanosecondsPerTick ? long.MaxValue : now + time.Ticks * TimeSpan.NanosecondsPerTick;
    }
}
