namespace Qssh.Tests.Support;

/// <summary>What code allocates on its own thread.</summary>
internal static class Allocation
{
    private const int Tries = 5;

    /// <summary>
    /// The least of some tries in bytes: a collection that another thread starts is booked here with the rest of an allocation context,
    /// while what the code itself allocates is there each time.
    /// </summary>
    public static long Of(Action action)
    {
        long least = long.MaxValue;
        for (int i = 0; i < Tries && least > 0; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
