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

    /// <returns>The mask in force before.</returns>
    public static uint SetFileModeMask(uint mask) => Libc.SetFileModeMask(mask);
}
