namespace Qssh.Speed;

/// <summary>Rates of a row, in its unit, over some samples.</summary>
internal sealed class SpeedResult(SpeedRow row)
{
    public SpeedRow Row => row;

    public required double Median { get; init; }

    public required double Lowest { get; init; }

    public required double Highest { get; init; }

    public required int Samples { get; init; }

    /// <summary>In all samples together.</summary>
    public required long Runs { get; init; }

    /// <summary>Of the whole process, for one run.</summary>
    public required double CpuMilliseconds { get; init; }

    /// <summary>Half of the distance between the extremes, in percent of the median.</summary>
    public double SpreadPercent => 50 * (Highest - Lowest) / Median;
}
