using System.Runtime.InteropServices;

namespace Qssh.Lab.Speed;

/// <summary>The CPU time of this thread, which other programs on the machine do not lengthen by taking turns.</summary>
internal static unsafe partial class Stopclock
{
    private const int LeastRuns = 5;

    /// <summary>In microseconds. The clock may tick in milliseconds: a tick is a small part of a batch.</summary>
    private const double LeastBatch = 50_000;

    private const int MostRuns = 1 << 24;
    private const int ThreadCpuTime = 3;

    /// <summary>Median in microseconds. Short operations are measured in batches, as many as fit the time.</summary>
    public static double Median(double seconds, Action run)
    {
        int batch = Calibrate(run);
        List<double> times = [];
        double end = Now() + (seconds * 1e6);
        while (times.Count < LeastRuns || Now() < end)
            times.Add(Batch(batch, run) / batch);
        times.Sort();
        return times[times.Count / 2];
    }

    /// <summary>How many runs fill a batch; growing it is the warm-up.</summary>
    private static int Calibrate(Action run)
    {
        for (int count = 1; count <= MostRuns; count *= 2)
        {
            if (Batch(count, run) >= LeastBatch)
                return count;
        }

        throw new InvalidOperationException("the clock of CPU time does not move");
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
