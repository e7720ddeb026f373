using Qssh.Secrets;

namespace Qssh.Crypto.Signatures.Falcon;

/// <summary>
/// Algorithm 6, NTRUSolve: F and G with f G - g F = q. Down the tower of fields to integers, a greatest common divisor there, and up
/// again. The lengths of everything are fixed by the depth alone.
/// </summary>
internal static class NtruSolver<T>
    where T : unmanaged, IFalconReal<T>
{
    /// <summary>Fills in F and G of a key whose f and g are there.</summary>
    /// <returns>False when there is no solution of the sizes assumed: another f and g are drawn.</returns>
    public static bool TrySolve(FalconPrivateKey key)
    {
        int logN = key.Parameters.LogN;
        using NtruTower f = new(key.f, logN);
        using NtruTower g = new(key.g, logN);
        BigPolynomial largeF = new(1, NtruSizes.Reduced(logN));
        BigPolynomial largeG = new(1, NtruSizes.Reduced(logN));
        try
        {
            if (!TryDeepest(f[logN][0], g[logN][0], largeF[0], largeG[0]))
                return false;
            for (int depth = logN - 1; depth >= 1; depth--)
            {
                Lift(ref largeF, g[depth], depth);
                Lift(ref largeG, f[depth], depth);
                if (!NtruReduction<T>.TryReduce(depth, f[depth], g[depth], ref largeF, ref largeG))
                    return false;
            }

            return Declassified.Value(NtruFinish<T>.TryFinish(key, largeF, largeG)) && NtruEquation.Holds(key);
        }
        finally
        {
            largeF.Dispose();
            largeG.Dispose();
        }
    }

    /// <summary>Lines 1 to 5: f G - g F = q in integers.</summary>
    private static bool TryDeepest(ReadOnlySpan<uint> f, ReadOnlySpan<uint> g, Span<uint> largeF, Span<uint> largeG) =>
        Declassified.Value(LimbsGcd.TryBezout(f, g, largeG, largeF)) // if not, this (f, g) is given up, here and below
        && Declassified.Value((Limbs.MultiplySmall(largeF, FalconParameters.Q) | Limbs.MultiplySmall(largeG, FalconParameters.Q)) == 0);

    private static void Lift(ref BigPolynomial large, BigPolynomial other, int depth)
    {
        BigPolynomial lifted = NtruLift.Lift(large, other, NtruSizes.Unreduced(depth));
        large.Dispose();
        large = lifted;
    }
}
