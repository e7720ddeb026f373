namespace Qssh.Lab.Timing;

/// <summary>Welch's t for two classes of times, as they come (Welford's updates).</summary>
internal sealed class WelchTest
{
    private readonly double[] _count = new double[2];
    private readonly double[] _mean = new double[2];
    private readonly double[] _squares = new double[2];

    public double T
    {
        get
        {
            double error = Math.Sqrt((Variance(0) / _count[0]) + (Variance(1) / _count[1]));
            return error == 0 ? 0 : (_mean[0] - _mean[1]) / error;
        }
    }

    public double Mean(int group) => _mean[group];

    public void Add(int group, double time)
    {
        double fromOld = time - _mean[group];
        _mean[group] += fromOld / ++_count[group];
        _squares[group] += fromOld * (time - _mean[group]);
    }

    private double Variance(int group) => _squares[group] / (_count[group] - 1);
}
