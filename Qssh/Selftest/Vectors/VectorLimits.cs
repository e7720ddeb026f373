namespace Qssh.Selftest.Vectors;

/// <summary>What a run does by default, and what files may ask for.</summary>
internal static class VectorLimits
{
    /// <summary>Iterations of accumulated and iterated cases.</summary>
    public const int UsualIterations = 10_000;

    /// <summary>With --long. The largest published counts would run for a day.</summary>
    public const int LongIterations = 1_000_000;

    public const int DirectoryDepth = 16;

    public const int Files = 10_000;

    /// <summary>Failed cases of a file that are told one by one.</summary>
    public const int ToldFailures = 20;
}
