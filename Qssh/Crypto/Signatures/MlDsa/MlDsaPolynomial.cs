using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Qssh.Secrets;

namespace Qssh.Crypto.Signatures.MlDsa;

/// <summary>
/// Operations on whole polynomials of 256 coefficients, four at a time. No branch, index or division depends on a coefficient; tests
/// hold them to <see cref="MlDsaRounding"/> and to the text of the standard.
/// </summary>
internal static class MlDsaPolynomial
{
    private const int N = MlDsaParameters.N;

    /// <summary>a + b near zero (<see cref="MlDsaField.Reduce"/>).</summary>
    public static void AddReduced(ReadOnlySpan<int> a, ReadOnlySpan<int> b, Span<int> sum)
    {
        ref int left = ref First(a), right = ref First(b), target = ref First(sum);
        for (nuint j = 0; j < N; j += 4)
            MlDsaVector.Reduce(Vector128.LoadUnsafe(ref left, j) + Vector128.LoadUnsafe(ref right, j)).StoreUnsafe(ref target, j);
    }

    /// <summary>a - b near zero.</summary>
    public static void SubtractReduced(ReadOnlySpan<int> a, ReadOnlySpan<int> b, Span<int> difference)
    {
        ref int left = ref First(a), right = ref First(b), target = ref First(difference);
        for (nuint j = 0; j < N; j += 4)
            MlDsaVector.Reduce(Vector128.LoadUnsafe(ref left, j) - Vector128.LoadUnsafe(ref right, j)).StoreUnsafe(ref target, j);
    }

    /// <summary>Brings coefficients in [-2q, 2q] near zero.</summary>
    public static void Reduce(Span<int> a)
    {
        ref int first = ref First(a);
        for (nuint j = 0; j < N; j += 4)
            MlDsaVector.Reduce(Vector128.LoadUnsafe(ref first, j)).StoreUnsafe(ref first, j);
    }

    /// <summary>From (-q, q) to [0, q).</summary>
    public static void ToCanonical(Span<int> a)
    {
        ref int first = ref First(a);
        for (nuint j = 0; j < N; j += 4)
            MlDsaVector.ToCanonical(Vector128.LoadUnsafe(ref first, j)).StoreUnsafe(ref first, j);
    }

    /// <summary>Whether the infinity norm of a (coefficients near zero) is below the bound. Looks at every coefficient.</summary>
    public static bool IsNormBelow(ReadOnlySpan<int> a, int bound)
    {
        ref int first = ref First(a);
        Vector128<int> limit = Vector128.Create(bound - 1);
        Vector128<int> beyond = Vector128<int>.Zero;
        for (nuint j = 0; j < N; j += 4)
            beyond |= limit - Vector128.Abs(Vector128.LoadUnsafe(ref first, j));
        return Declassified.Value(beyond.ExtractMostSignificantBits() == 0); // see MlDsaSigner, item 1
    }

    /// <summary>Algorithm 35 on canonical coefficients; t1 may be the same memory as t.</summary>
    public static void Power2Round(ReadOnlySpan<int> t, Span<int> t1, Span<int> t0)
    {
        ref int source = ref First(t), high = ref First(t1), low = ref First(t0);
        Vector128<int> round = Vector128.Create((1 << (MlDsaParameters.D - 1)) - 1);
        for (nuint j = 0; j < N; j += 4)
        {
            Vector128<int> r = Vector128.LoadUnsafe(ref source, j);
            Vector128<int> r1 = Vector128.ShiftRightArithmetic(r + round, MlDsaParameters.D);
            r1.StoreUnsafe(ref high, j);
            (r - Vector128.ShiftLeft(r1, MlDsaParameters.D)).StoreUnsafe(ref low, j);
        }
    }

    /// <summary>t1 2^d of algorithm 8, line 9, in place.</summary>
    public static void ShiftLeftByD(Span<int> t1)
    {
        ref int first = ref First(t1);
        for (nuint j = 0; j < N; j += 4)
            Vector128.ShiftLeft(Vector128.LoadUnsafe(ref first, j), MlDsaParameters.D).StoreUnsafe(ref first, j);
    }

    /// <summary>Algorithm 36 on canonical coefficients; either output may be the same memory as r.</summary>
    public static void Decompose(ReadOnlySpan<int> r, Span<int> r1, Span<int> r0, MlDsaParameters parameters)
    {
        ref int source = ref First(r), high = ref First(r1), low = ref First(r0);
        bool sixteen = parameters.HighBitsCount == 16;
        for (nuint j = 0; j < N; j += 4)
        {
            (Vector128<int> top, Vector128<int> bottom) = Decompose(Vector128.LoadUnsafe(ref source, j), sixteen);
            top.StoreUnsafe(ref high, j);
            bottom.StoreUnsafe(ref low, j);
        }
    }

    /// <summary>
    /// Algorithm 39 on r (canonical, replaced by the hint) for the high bits it had: 1 where they differ. Returns the number of ones.
    /// </summary>
    public static int MakeHint(Span<int> r, ReadOnlySpan<int> highBits, MlDsaParameters parameters)
    {
        ref int source = ref First(r);
        ref int expected = ref First(highBits);
        bool sixteen = parameters.HighBitsCount == 16;
        Vector128<int> ones = Vector128<int>.Zero;
        for (nuint j = 0; j < N; j += 4)
        {
            (Vector128<int> top, _) = Decompose(Vector128.LoadUnsafe(ref source, j), sixteen);
            Vector128<int> hint = Vector128.AndNot(Vector128<int>.One, Vector128.Equals(top, Vector128.LoadUnsafe(ref expected, j)));
            hint.StoreUnsafe(ref source, j);
            ones += hint;
        }

        return Vector128.Sum(ones);
    }

    /// <summary>Algorithm 40 on canonical r, in place, for a hint of zeros and ones.</summary>
    public static void UseHint(ReadOnlySpan<int> hint, Span<int> r, MlDsaParameters parameters)
    {
        ref int hints = ref First(hint);
        ref int first = ref First(r);
        bool sixteen = parameters.HighBitsCount == 16;
        Vector128<int> m = Vector128.Create(parameters.HighBitsCount);
        for (nuint j = 0; j < N; j += 4)
        {
            (Vector128<int> top, Vector128<int> bottom) = Decompose(Vector128.LoadUnsafe(ref first, j), sixteen);
            Vector128<int> up = Vector128.GreaterThan(bottom, Vector128<int>.Zero);
            Vector128<int> step = Vector128.ConditionalSelect(up, Vector128<int>.One, Vector128.Create(-1));
            Vector128<int> moved = top + (step & -Vector128.LoadUnsafe(ref hints, j));
            moved += Vector128.ShiftRightArithmetic(moved, 31) & m;
            Vector128.AndNot(moved, Vector128.Equals(moved, m)).StoreUnsafe(ref first, j);
        }
    }

    /// <summary>
    /// The formulas of <see cref="MlDsaRounding.Decompose"/>, with products by constants as shifts: 32801 = 2^15 + 2^5 + 1 and
    /// 2 gamma2 = 2^19 - 2^9; or 11276 = 2^13 + 2^11 + 2^10 + 2^3 + 2^2 and 2 gamma2 = 2^17 + 2^16 - 2^13 + 2^11.
    /// </summary>
    private static (Vector128<int> R1, Vector128<int> R0) Decompose(Vector128<int> r, bool sixteen)
    {
        Vector128<int> r1, r0;
        if (sixteen)
        {
            Vector128<int> u = Vector128.ShiftRightArithmetic(r + Vector128.Create(((MlDsaParameters.Q - 1) / 32) - 1), 9);
            r1 = Vector128.ShiftRightArithmetic(Vector128.ShiftLeft(u, 15) + Vector128.ShiftLeft(u, 5) + u, 25);
            r0 = r - Vector128.ShiftLeft(r1, 19) + Vector128.ShiftLeft(r1, 9);
        }
        else
        {
            Vector128<int> u = Vector128.ShiftRightArithmetic(r + Vector128.Create(((MlDsaParameters.Q - 1) / 88) - 1), 11);
            r1 = Vector128.ShiftLeft(u, 13) + Vector128.ShiftLeft(u, 11) + Vector128.ShiftLeft(u, 10) + Vector128.ShiftLeft(u, 3);
            r1 = Vector128.ShiftRightArithmetic(r1 + Vector128.ShiftLeft(u, 2), 20);
            r0 = r - Vector128.ShiftLeft(r1, 17) - Vector128.ShiftLeft(r1, 16) + Vector128.ShiftLeft(r1, 13) - Vector128.ShiftLeft(r1, 11);
        }

        Vector128<int> wraps = Vector128.Equals(r1, Vector128.Create(sixteen ? 16 : 44));
        return (Vector128.AndNot(r1, wraps), r0 + wraps);
    }

    private static ref int First(ReadOnlySpan<int> polynomial)
    {
        _ = polynomial[N - 1];
        return ref MemoryMarshal.GetReference(polynomial);
    }
}
