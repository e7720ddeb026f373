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
        List<double> times = count == 1 && first > seconds ? [first] : [];
        double total = 0;
        long measured = 0;
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        while (times.Count < LeastSamples || (total < seconds && times.Count < MostSamples))
        {
            times.Add(Time(run, count) / count);
            total += times[^1] * count;
            measured += count;
        }

        double milliseconds = (Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds / measured;
        times.Sort();
        double factor = row.BytesPerRun == 0 ? 1 : row.BytesPerRun / 1e6;
        double median = times.Count % 2 == 1 ? times[times.Count / 2] : (times[times.Count / 2] + times[(times.Count / 2) - 1]) / 2;
        return new SpeedResult(row, factor / median, factor / times[^1], factor / times[0], times.Count, measured, milliseconds);
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
