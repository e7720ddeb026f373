using System.Runtime.InteropServices;

namespace Qssh.Lab.Speed;

/// <summary>The CPU time of this thread, which other programs on the machine do not lengthen by taking turns.</summary>
internal static unsafe partial class Stopclock
{
    private const int LeastRuns = 5;
    private const double LeastBatch = 500;
    private const int ThreadCpuTime = 3;

    /// <summary>Median in microseconds. Short operations are measured in batches, as many as fit the time.</summary>
    public static double Median(double seconds, Action run)
    {
        for (int i = 0; i < 3; i++)
            run();
        int batch = Math.Clamp((int)(LeastBatch / Math.Max(Batch(1, run), 0.1)), 1, 1000);
        List<double> times = [];
        double end = Now() + (seconds * 1e6);
        while (times.Count < LeastRuns || Now() < end)
            times.Add(Batch(batch, run) / batch);
        times.Sort();
        return times[times.Count / 2];
    }

    private static double Batch(int count, Action run)
    {
        double start = Now();
        for (int i = 0; i < count; i++)
            run();
        return Now() - start;
    }

    private static double Now()
    {
        long* time = stackalloc long[2];
        if (ReadClock(ThreadCpuTime, time) != 0)
            throw new InvalidOperationException("no clock");
        return (time[0] * 1e6) + (time[1] / 1e3);
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ReadClock(int clock, long* time);
}
