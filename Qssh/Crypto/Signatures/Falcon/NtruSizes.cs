namespace Qssh.Crypto.Signatures.Falcon;

/// <summary>
/// How large the integers of key generation are at each depth, measured over many keys by the authors of the reference. A pair (f, g)
/// beyond them cannot be solved here and another is drawn, so that all lengths are public.
/// </summary>
internal static class NtruSizes
{
    /// <summary>Depths up to which a product with k goes through the transform; below it degrees are so small that it does not pay.</summary>
    public const int DeepestTransform = 4;

    private static ReadOnlySpan<ushort> Average => [4, 11, 24, 50, 102, 202, 401, 794, 1577, 3138, 6308];

    private static ReadOnlySpan<byte> Deviation => [0, 1, 1, 1, 1, 2, 4, 5, 8, 13, 25];

    private static ReadOnlySpan<ushort> ReducedLimbs => [1, 1, 2, 2, 4, 7, 14, 27, 53, 106, 209];

    private static ReadOnlySpan<ushort> UnreducedLimbs => [2, 2, 5, 7, 12, 21, 40, 78, 157, 308];

    /// <summary>Limbs of f, g, and of F, G after reduction.</summary>
    public static int Reduced(int depth) => ReducedLimbs[depth];

    /// <summary>Limbs of F, G as lifted from the next depth.</summary>
    public static int Unreduced(int depth) => UnreducedLimbs[depth];

    /// <summary>Bits of a coefficient of f, g: six deviations below the average.</summary>
    public static int LeastBits(int depth) => Average[depth] - (6 * Deviation[depth]);

    /// <summary>Six deviations above the average.</summary>
    public static int MostBits(int depth) => Average[depth] + (6 * Deviation[depth]);
}
