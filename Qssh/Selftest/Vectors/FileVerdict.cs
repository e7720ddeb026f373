namespace Qssh.Selftest.Vectors;

/// <summary>A case that did not pass: where it stands in its file, and why.</summary>
/// <param name="group">From 1 on, in the order of the file.</param>
/// <param name="number">The number that the file gives it, or else its place in the group from 1 on.</param>
internal sealed class CaseReport(int group, string number, string reason)
{
    public int Group => group;

    public string Case => number;

    public string Reason => reason;
}

/// <summary>A reason to skip, and how many cases it had.</summary>
internal sealed class SkipReport(string reason)
{
    public string Reason => reason;

    public int Cases { get; set; } = 1;
}

/// <summary>What came of one file.</summary>
internal sealed class FileVerdict(string path)
{
    private readonly List<CaseReport> _failures = [];
    private readonly List<SkipReport> _skips = [];

    /// <summary>Below the directory that was given.</summary>
    public string Path => path;

    public int Passed { get; private set; }

    public int Failed { get; private set; }

    public int Skipped { get; private set; }

    /// <summary>Why the file could not be read or understood; the figures are then of what came before.</summary>
    public string? Problem { get; set; }

    public TimeSpan Time { get; set; }

    /// <summary>The first failures, up to <see cref="VectorLimits.ToldFailures"/>.</summary>
    public IReadOnlyList<CaseReport> Failures => _failures;

    /// <summary>Reasons, and how many cases each.</summary>
    public IReadOnlyList<SkipReport> Skips => _skips;

    public void Add(CaseVerdict verdict, int group, string number)
    {
        switch (verdict.Outcome)
        {
            case CaseOutcome.Passed:
                Passed++;
                break;
            case CaseOutcome.Skipped:
                Skipped++;
                AddSkip(verdict.Reason!);
                break;
            default:
                Failed++;
                if (_failures.Count < VectorLimits.ToldFailures)
                    _failures.Add(new CaseReport(group, number, verdict.Reason!));
                break;
        }
    }

    private void AddSkip(string reason)
    {
        foreach (SkipReport skip in _skips)
        {
            if (skip.Reason != reason)
                continue;
            skip.Cases++;
            return;
        }

        _skips.Add(new SkipReport(reason));
    }
}
