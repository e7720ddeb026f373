using System.Diagnostics;

namespace Qssh.Speed;

/// <summary>Runs one row for about a given time: warm-up and calibration first, then at least three samples.</summary>
internal static class SpeedMeter
{
    private const int LeastSamples = 3, MostSamples = 15;
    private const int SamplesWanted = 8;

    public static SpeedResult Measure(SpeedRow row, double seconds)
    {
        Action run = row.Prepare();
        double first = Time(run, 1);
        long count = first > seconds / LeastSamples ? 1 : Calibrate(run, seconds / SamplesWanted);

        // A slow operation has no warm-up of its own: its first run counts.
        Span<double> times = stackalloc double[MostSamples];
        int samples = 0;
        if (count == 1 && first > seconds)
            Insert(times, ref samples, first);
        double total = 0;
        long measured = 0;
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        while (samples < LeastSamples || (total < seconds && samples < MostSamples))
        {
            double time = Time(run, count);
            Insert(times, ref samples, time / count);
            total += time;
            measured += count;
        }

        double factor = row.BytesPerRun == 0 ? 1 : row.BytesPerRun / 1e6;
        return new SpeedResult(row)
        {
            Median = factor / (0.5 * (times[samples / 2] + times[(samples - 1) / 2])),
            Lowest = factor / times[samples - 1],
            Highest = factor / times[0],
            Samples = samples,
            Runs = measured,
            CpuMilliseconds = (Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds / measured,
        };
    }

    /// <summary>Kept in order: a sort of doubles would be one more generic in the executable.</summary>
    private static void Insert(Span<double> times, ref int count, double time)
    {
        int place = count++;
        for (; place > 0 && times[place - 1] > time; place--)
            times[place] = times[place - 1];
        times[place] = time;
    }

    /// <summary>How many runs take this time; the rounds on the way are the warm-up.</summary>
    private static long Calibrate(Action run, double seconds)
    {
        for (long count = 1; ; count *= 2)
        {
            double time = Time(run, count);
            if (time >= seconds / 2)
                return Math.Max(1, (long)(count * seconds / time));
        }
    }

    private static double Time(Action run, long count)
    {
        long start = Stopwatch.GetTimestamp();
        for (long i = 0; i < count; i++)
            run();
        return Math.Max(Stopwatch.GetElapsedTime(start).TotalSeconds, 1e-9);
    }
}
