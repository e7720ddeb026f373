using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Qssh.Crypto.Signatures.MlDsa;

/// <summary><see cref="MlDsaField"/> on four coefficients at once.</summary>
internal static class MlDsaVector
{
    private static Vector128<int> Q => Vector128.Create(MlDsaField.Q);

    private static Vector128<int> QInverse => Vector128.Create(MlDsaField.QInverse);

    /// <summary>Elements 1 and 3 in the places of 0 and 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> OddToEven(Vector128<int> a) => Vector128.ShiftRightLogical(a.AsInt64(), 32).AsInt32();

    /// <summary>
    /// Algorithm 49 of a b. <paramref name="bOdd"/> holds the odd elements of b in the even places;
    /// <paramref name="bTimesQInverse"/> is b q^-1 mod 2^32.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> MultiplyReduce<TLanes>(
        Vector128<int> a, Vector128<int> b, Vector128<int> bOdd, Vector128<int> bTimesQInverse)
        where TLanes : IMlDsaLanes
    {
        Vector128<int> t = TLanes.MultiplyLow(a, bTimesQInverse);
        Vector128<long> even = TLanes.MultiplyEven(a, b) - TLanes.MultiplyEven(t, Q);
        Vector128<long> odd = TLanes.MultiplyEven(OddToEven(a), bOdd) - TLanes.MultiplyEven(OddToEven(t), Q);
        return JoinHigh(even, odd);
    }

    /// <summary>Algorithm 49 of four sums of products, those of the even elements and those of the odd ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> MontgomeryReduce<TLanes>(Vector128<long> even, Vector128<long> odd)
        where TLanes : IMlDsaLanes
    {
        Vector128<int> evenT = TLanes.MultiplyLow(even.AsInt32(), QInverse);
        Vector128<int> oddT = TLanes.MultiplyLow(odd.AsInt32(), QInverse);
        return JoinHigh(even - TLanes.MultiplyEven(evenT, Q), odd - TLanes.MultiplyEven(oddT, Q));
    }

    /// <summary><see cref="MlDsaField.Reduce"/>; the product with q = 2^23 - 2^13 + 1 by shifts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Reduce(Vector128<int> a)
    {
        Vector128<int> t = Vector128.ShiftRightArithmetic(a + Vector128.Create(1 << 22), 23);
        return a - Vector128.ShiftLeft(t, 23) + Vector128.ShiftLeft(t, 13) - t;
    }

    /// <summary><see cref="MlDsaField.ToCanonical"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> ToCanonical(Vector128<int> a) => a + (Vector128.ShiftRightArithmetic(a, 31) & Q);

    /// <summary>High halves of exact multiples of 2^32: what stands below them is zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> JoinHigh(Vector128<long> even, Vector128<long> odd) =>
        (Vector128.ShiftRightLogical(even, 32) | odd).AsInt32();
}
