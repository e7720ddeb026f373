namespace Qssh.Auth;

/// <summary>
/// Failures are answered at multiples of 250 ms since UA arrived (docs/protocol.md, section 12), so that the work done for a user who
/// exists takes no other time than for one who does not.
/// </summary>
internal static class AnswerGrid
{
    public static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    /// <summary>How long after its arrival an attempt is answered that was judged at <paramref name="elapsed"/>. Never at once.</summary>
    public static TimeSpan DueAfter(TimeSpan elapsed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(elapsed, TimeSpan.Zero);
        return TimeSpan.FromTicks(((elapsed.Ticks / Step.Ticks) + 1) * Step.Ticks);
    }
}
