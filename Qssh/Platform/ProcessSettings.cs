using Qssh.Platform.Native;

namespace Qssh.Platform;

/// <summary>What a process sets for itself before it serves somebody.</summary>
internal static class ProcessSettings
{
    /// <summary>
    /// Nobody of the same user may trace this process, and its /proc files belong to root: a client who may change files only must not
    /// change our memory through /proc/self/mem.
    /// </summary>
    public static bool TryForbidTracing() => Libc.ProcessControl(Libc.PR_SET_DUMPABLE, 0, 0, 0, 0) == 0;

    /// <summary>A write beyond the limit on file sizes (RLIMIT_FSIZE) fails as one on a full disk does, and kills nobody.</summary>
    public static void OutliveFileSizeLimit() => Libc.SetSignal(SignalNumber.FileSizeExceeded, Libc.SIG_IGN);

    /// <summary>
    /// This thread moves data for another: what wakes it need not give way to it at once (SCHED_BATCH, sched(7)). Who feeds a worker
    /// otherwise loses its processor, and what is in its caches, with every piece that it hands on.
    /// </summary>
    public static unsafe void WorkBehindOthers()
    {
        int priority = 0;
        // Another policy than the usual one is somebody's choice. Where the change is refused it is slower, no more.
        if (Libc.GetScheduler(0) == Libc.SCHED_OTHER)
            _ = Libc.SetScheduler(0, Libc.SCHED_BATCH, &priority);
    }

    /// <returns>The mask in force before.</returns>
    public static uint SetFileModeMask(uint mask) => Libc.SetFileModeMask(mask);
}
