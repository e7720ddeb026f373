using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace Qssh.Crypto.Signatures.MlDsa;

/// <summary>Every 64-bit Arm.</summary>
internal readonly struct AdvSimdLanes : IMlDsaLanes
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<long> MultiplyEven(Vector128<int> a, Vector128<int> b) => AdvSimd.MultiplyWideningLower(
        AdvSimd.ExtractNarrowingLower(a.AsInt64()), AdvSimd.ExtractNarrowingLower(b.AsInt64()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> MultiplyLow(Vector128<int> a, Vector128<int> b) => AdvSimd.Multiply(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Shuffle(Vector128<byte> bytes, Vector128<byte> places) => AdvSimd.Arm64.VectorTableLookup(bytes, places);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector128<int> Even, Vector128<int> Odd) EvenOdd(Vector128<int> a, Vector128<int> b) =>
        (AdvSimd.Arm64.UnzipEven(a, b), AdvSimd.Arm64.UnzipOdd(a, b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector128<int> Low, Vector128<int> High) Interleaved(Vector128<int> even, Vector128<int> odd) =>
        (AdvSimd.Arm64.ZipLow(even, odd), AdvSimd.Arm64.ZipHigh(even, odd));
}
