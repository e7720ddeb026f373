using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using Lanes = System.Runtime.Intrinsics.Vector128<short>;

namespace Qssh.Crypto.Kem;

/// <summary><see cref="Zq"/> on eight lanes, and the shuffles of <see cref="VectorNtt"/>.</summary>
internal static class VectorZq
{
    /// <summary>Montgomery product with a constant z, given also as z / q modulo 2^16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes Multiply(Lanes a, Lanes z, Lanes scaled) =>
        MultiplyHigh(a, z) - MultiplyHigh(a * scaled, Vector128.Create((short)Zq.Q));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes Multiply(Lanes a, Lanes b) => Multiply(a, b, b * Vector128.Create(Zq.QInverse));

    /// <summary>Barrett reduction to [0, q].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes Reduce(Lanes a)
    {
        Lanes quotient = MultiplyHigh(a, Vector128.Create(Zq.BarrettFactor)) >> (Zq.BarrettShift - 16);
        return a - (quotient * Vector128.Create((short)Zq.Q));
    }

    /// <summary>The upper halves of the 32-bit products. On Arm the doubled product is halved again; -2^15 squared does not occur.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes MultiplyHigh(Lanes a, Lanes b) =>
        Sse2.IsSupported ? Sse2.MultiplyHigh(a, b) : AdvSimd.MultiplyDoublingSaturateHigh(a, b) >> 1;

    /// <summary>The factors of two blocks of eight, each four times.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes ZetasOfLength4(ReadOnlySpan<short> table, int j)
    {
        uint two = Unsafe.ReadUnaligned<uint>(in Unsafe.As<short, byte>(ref MemoryMarshal.GetReference(table.Slice(32 + (j / 8), 2))));
        Lanes zetas = Twice(Vector128.CreateScalarUnsafe(two).AsInt16());
        return LowPairs(zetas, zetas);
    }

    /// <summary>The factors of four blocks of four, each twice.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes ZetasOfLength2(ReadOnlySpan<short> table, int j)
    {
        ulong four = Unsafe.ReadUnaligned<ulong>(in Unsafe.As<short, byte>(ref MemoryMarshal.GetReference(table.Slice(64 + (j / 4), 4))));
        return Twice(Vector128.CreateScalarUnsafe(four).AsInt16());
    }

    /// <summary>Lanes 0 to 3, each twice. (Vector128.Shuffle is a call where the compiler may assume SSE2 only.)</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes Twice(Lanes a) => Sse2.IsSupported ? Sse2.UnpackLow(a, a) : AdvSimd.Arm64.ZipLow(a, a);

    /// <summary>Four pairs in the opposite order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes ReversePairs(Lanes a) => Sse2.IsSupported
        ? Sse2.Shuffle(a.AsInt32(), 0b00_01_10_11).AsInt16()
        : Vector128.Shuffle(a.AsInt32(), Vector128.Create(3, 2, 1, 0)).AsInt16();

    /// <summary>Lower 64 bits of both.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes LowHalves(Lanes a, Lanes b) => Sse2.IsSupported
        ? Sse2.UnpackLow(a.AsInt64(), b.AsInt64()).AsInt16()
        : AdvSimd.Arm64.ZipLow(a.AsInt64(), b.AsInt64()).AsInt16();

    /// <summary>Upper 64 bits of both.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes HighHalves(Lanes a, Lanes b) => Sse2.IsSupported
        ? Sse2.UnpackHigh(a.AsInt64(), b.AsInt64()).AsInt16()
        : AdvSimd.Arm64.ZipHigh(a.AsInt64(), b.AsInt64()).AsInt16();

    /// <summary>Pairs 0 and 2 of both.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes EvenPairs(Lanes a, Lanes b) => Sse.IsSupported
        ? Sse.Shuffle(a.AsSingle(), b.AsSingle(), 0b10_00_10_00).AsInt16()
        : AdvSimd.Arm64.UnzipEven(a.AsInt32(), b.AsInt32()).AsInt16();

    /// <summary>Pairs 1 and 3 of both.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes OddPairs(Lanes a, Lanes b) => Sse.IsSupported
        ? Sse.Shuffle(a.AsSingle(), b.AsSingle(), 0b11_01_11_01).AsInt16()
        : AdvSimd.Arm64.UnzipOdd(a.AsInt32(), b.AsInt32()).AsInt16();

    /// <summary>Pairs a0 b0 a1 b1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes LowPairs(Lanes a, Lanes b) => Sse2.IsSupported
        ? Sse2.UnpackLow(a.AsInt32(), b.AsInt32()).AsInt16()
        : AdvSimd.Arm64.ZipLow(a.AsInt32(), b.AsInt32()).AsInt16();

    /// <summary>Pairs a2 b2 a3 b3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes HighPairs(Lanes a, Lanes b) => Sse2.IsSupported
        ? Sse2.UnpackHigh(a.AsInt32(), b.AsInt32()).AsInt16()
        : AdvSimd.Arm64.ZipHigh(a.AsInt32(), b.AsInt32()).AsInt16();

    /// <summary>The even and the odd ones of 16 coefficients.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Lanes Even, Lanes Odd) Deinterleave(ref short x, int j)
    {
        Vector128<int> u = Vector128.LoadUnsafe(ref x, (nuint)j).AsInt32();
        Vector128<int> v = Vector128.LoadUnsafe(ref x, (nuint)(j + 8)).AsInt32();
        if (!Sse2.IsSupported)
            return (AdvSimd.Arm64.UnzipEven(u.AsInt16(), v.AsInt16()), AdvSimd.Arm64.UnzipOdd(u.AsInt16(), v.AsInt16()));
        return (Sse2.PackSignedSaturate((u << 16) >> 16, (v << 16) >> 16), Sse2.PackSignedSaturate(u >> 16, v >> 16));
    }

    /// <summary>The inverse of <see cref="Deinterleave"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Interleave(Lanes even, Lanes odd, ref short x, int j)
    {
        (Lanes u, Lanes v) = Sse2.IsSupported
            ? (Sse2.UnpackLow(even, odd), Sse2.UnpackHigh(even, odd))
            : (AdvSimd.Arm64.ZipLow(even, odd), AdvSimd.Arm64.ZipHigh(even, odd));
        u.StoreUnsafe(ref x, (nuint)j);
        v.StoreUnsafe(ref x, (nuint)(j + 8));
    }
}
