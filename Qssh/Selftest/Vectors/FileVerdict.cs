namespace Qssh.Selftest.Vectors;

/// <summary>A case that did not pass: where it stands in its file, and why.</summary>
/// <param name="Group">From 1 on, in the order of the file.</param>
/// <param name="Case">The number that the file gives it, or else its place in the group from 1 on.</param>
internal sealed record CaseReport(int Group, string Case, string Reason);

/// <summary>What came of one file.</summary>
internal sealed class FileVerdict(string path)
{
    private readonly List<CaseReport> _failures = [];
    private readonly SortedDictionary<string, int> _skips = new(StringComparer.Ordinal);

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
    public IReadOnlyDictionary<string, int> Skips => _skips;

    public void Add(CaseVerdict verdict, int group, string number)
    {
        switch (verdict.Outcome)
        {
            case CaseOutcome.Passed:
                Passed++;
                break;
            case CaseOutcome.Skipped:
                Skipped++;
                _skips[verdict.Reason!] = _skips.GetValueOrDefault(verdict.Reason!) + 1;
                break;
            default:
                Failed++;
                if (_failures.Count < VectorLimits.ToldFailures)
                    _failures.Add(new CaseReport(group, number, verdict.Reason!));
                break;
        }
    }
}
