using System.Runtime.CompilerServices;

namespace Qssh.Selftest.Vectors;

internal enum CaseOutcome : byte
{
    Passed,
    Failed,
    Skipped,
}

/// <summary>How one case went; the reason is there unless it passed.</summary>
internal readonly struct CaseVerdict(CaseOutcome outcome, string? reason)
{
    public CaseOutcome Outcome => outcome;

    public string? Reason => reason;

    public static CaseVerdict Passed => default;

    public static CaseVerdict Failed(string reason) => new(CaseOutcome.Failed, reason);

    /// <summary>The case is well-formed and about something that this program does not offer, or takes too long.</summary>
    public static CaseVerdict Skipped(string reason) => new(CaseOutcome.Skipped, reason);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static CaseVerdict Of(bool holds, string reason) => holds ? Passed : Failed(reason);

    /// <summary>The first that did not pass.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public CaseVerdict And(CaseVerdict other) => Outcome == CaseOutcome.Passed ? other : this;
}
