namespace Qssh.Speed;

/// <summary>Rates of a row, in its unit, over some samples.</summary>
/// <param name="CpuMilliseconds">Of the whole process, for one run.</param>
internal sealed record SpeedResult(SpeedRow Row, double Median, double Lowest, double Highest, int Samples, long Runs, double CpuMilliseconds)
{
    /// <summary>Half of the distance between the extremes, in percent of the median.</summary>
    public double SpreadPercent => 50 * (Highest - Lowest) / Median;
}
