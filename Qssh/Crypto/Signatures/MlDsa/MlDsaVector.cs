using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Qssh.Crypto.Signatures.MlDsa;

/// <summary>
/// Four coefficients at once. 128 bits are what the baseline of both x86-64 (SSE4.1) and Arm64 has, so that the compiler resolves
/// the checks and no loop tests for a feature.
/// </summary>
internal static class MlDsaVector
{
    public static bool IsAccelerated => Sse41.IsSupported || AdvSimd.Arm64.IsSupported;

    private static Vector128<int> Q => Vector128.Create(MlDsaField.Q);

    private static Vector128<int> QInverse => Vector128.Create(MlDsaField.QInverse);

    /// <summary>The 64-bit products of elements 0 and 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<long> MultiplyEven(Vector128<int> a, Vector128<int> b)
    {
        if (Sse41.IsSupported)
            return Sse41.Multiply(a, b);
        if (AdvSimd.Arm64.IsSupported)
            return AdvSimd.MultiplyWideningLower(AdvSimd.Arm64.UnzipEven(a, a).GetLower(), AdvSimd.Arm64.UnzipEven(b, b).GetLower());
        return Vector128.Create((long)a.GetElement(0) * b.GetElement(0), (long)a.GetElement(2) * b.GetElement(2));
    }

    /// <summary>Elements 1 and 3 in the places of 0 and 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> OddToEven(Vector128<int> a) => Vector128.ShiftRightLogical(a.AsInt64(), 32).AsInt32();

    /// <summary>Algorithm 49 of a b; <paramref name="bTimesQInverse"/> is b q^-1 mod 2^32.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> MultiplyReduce(Vector128<int> a, Vector128<int> b, Vector128<int> bTimesQInverse)
    {
        Vector128<int> t = a * bTimesQInverse;
        Vector128<long> even = MultiplyEven(a, b) - MultiplyEven(t, Q);
        Vector128<long> odd = MultiplyEven(OddToEven(a), OddToEven(b)) - MultiplyEven(OddToEven(t), Q);
        return JoinHigh(even, odd);
    }

    /// <summary>Algorithm 49 of four sums of products, those of the even elements and those of the odd ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Reduce(Vector128<long> even, Vector128<long> odd)
    {
        Vector128<long> evenT = MultiplyEven(even.AsInt32(), QInverse);
        Vector128<long> oddT = MultiplyEven(odd.AsInt32(), QInverse);
        return JoinHigh(even - MultiplyEven(evenT.AsInt32(), Q), odd - MultiplyEven(oddT.AsInt32(), Q));
    }

    /// <summary><see cref="MlDsaField.Reduce"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Reduce(Vector128<int> a) =>
        a - (Vector128.ShiftRightArithmetic(a + Vector128.Create(1 << 22), 23) * Q);

    /// <summary><see cref="MlDsaField.ToCanonical"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> ToCanonical(Vector128<int> a) => a + (Vector128.ShiftRightArithmetic(a, 31) & Q);

    /// <summary>High halves of exact multiples of 2^32: what stands below them is zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> JoinHigh(Vector128<long> even, Vector128<long> odd) =>
        (Vector128.ShiftRightLogical(even, 32) | odd).AsInt32();
}
