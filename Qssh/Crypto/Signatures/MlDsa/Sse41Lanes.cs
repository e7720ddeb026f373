using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Qssh.Crypto.Signatures.MlDsa;

/// <summary>x86 since 2008.</summary>
internal readonly struct Sse41Lanes : IMlDsaLanes
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<long> MultiplyEven(Vector128<int> a, Vector128<int> b) => Sse41.Multiply(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> MultiplyLow(Vector128<int> a, Vector128<int> b) => Sse41.MultiplyLow(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Shuffle(Vector128<byte> bytes, Vector128<byte> places) => Ssse3.Shuffle(bytes, places);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector128<int> Even, Vector128<int> Odd) EvenOdd(Vector128<int> a, Vector128<int> b) => (
        Sse.Shuffle(a.AsSingle(), b.AsSingle(), 0b10_00_10_00).AsInt32(),
        Sse.Shuffle(a.AsSingle(), b.AsSingle(), 0b11_01_11_01).AsInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector128<int> Low, Vector128<int> High) Interleaved(Vector128<int> even, Vector128<int> odd) =>
        (Sse2.UnpackLow(even, odd), Sse2.UnpackHigh(even, odd));
}
