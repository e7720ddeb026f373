using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using Qssh.Secrets;

namespace Qssh.Crypto.Aead;

/// <summary>
/// Four blocks at a time: element i of each vector is a word of block i. The third row of the state, words 8 to 11, lives in memory: with
/// all sixteen in registers none is left for what a quarter round needs, and the compiler spills worse (measured in the static build: 1.3
/// against 1.6 GB/s).
/// </summary>
internal readonly unsafe struct ChaChaVector128Kernel : IChaChaKernel
{
    private const int DoubleRounds = 10;

    public static bool IsSupported => Vector128.IsHardwareAccelerated;

    public static int BatchSize => Vector128<uint>.Count * IChaChaKernel.BlockSize;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Crypt(uint* state, byte* input, byte* output)
    {
        Vector128<uint> counters = Vector128.Create(state[12]) + Vector128.Create(0u, 1, 2, 3);
        Vector128<uint> x0 = Vector128.Create(state[0]), x1 = Vector128.Create(state[1]), x2 = Vector128.Create(state[2]), x3 = Vector128.Create(state[3]);
        Vector128<uint> x4 = Vector128.Create(state[4]), x5 = Vector128.Create(state[5]), x6 = Vector128.Create(state[6]), x7 = Vector128.Create(state[7]);
        Vector128<uint> x12 = counters, x13 = Vector128.Create(state[13]), x14 = Vector128.Create(state[14]), x15 = Vector128.Create(state[15]);
        Vector128<uint>* x8 = stackalloc Vector128<uint>[4];
        for (int i = 0; i < 4; i++)
            x8[i] = Vector128.Create(state[8 + i]);
        for (int i = 0; i < DoubleRounds; i++)
        {
            QuarterRound(ref x0, ref x4, x8, ref x12);
            QuarterRound(ref x1, ref x5, x8 + 1, ref x13);
            QuarterRound(ref x2, ref x6, x8 + 2, ref x14);
            QuarterRound(ref x3, ref x7, x8 + 3, ref x15);
            QuarterRound(ref x0, ref x5, x8 + 2, ref x15);
            QuarterRound(ref x1, ref x6, x8 + 3, ref x12);
            QuarterRound(ref x2, ref x7, x8, ref x13);
            QuarterRound(ref x3, ref x4, x8 + 1, ref x14);
        }

        Store(input, output, 0, x0 + Vector128.Create(state[0]), x1 + Vector128.Create(state[1]), x2 + Vector128.Create(state[2]), x3 + Vector128.Create(state[3]));
        Store(input, output, 16, x4 + Vector128.Create(state[4]), x5 + Vector128.Create(state[5]), x6 + Vector128.Create(state[6]), x7 + Vector128.Create(state[7]));
        Store(input, output, 32, x8[0] + Vector128.Create(state[8]), x8[1] + Vector128.Create(state[9]), x8[2] + Vector128.Create(state[10]), x8[3] + Vector128.Create(state[11]));
        Store(input, output, 48, x12 + counters, x13 + Vector128.Create(state[13]), x14 + Vector128.Create(state[14]), x15 + Vector128.Create(state[15]));
        ConstantTime.Wipe(new Span<byte>(x8, 4 * sizeof(Vector128<uint>)));
    }

    /// <summary>RFC 8439, section 2.1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void QuarterRound(ref Vector128<uint> a, ref Vector128<uint> b, Vector128<uint>* third, ref Vector128<uint> d)
    {
        Vector128<uint> c = *third;
        a += b;
        d = RotateBytes(d ^ a, Vector128.Create((byte)2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13));
        c += d;
        b = RotateLeft(b ^ c, 12);
        a += b;
        d = RotateBytes(d ^ a, Vector128.Create((byte)3, 0, 1, 2, 7, 4, 5, 6, 11, 8, 9, 10, 15, 12, 13, 14));
        c += d;
        b = RotateLeft(b ^ c, 7);
        *third = c;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> RotateBytes(Vector128<uint> value, Vector128<byte> order) => Vector128.Shuffle(value.AsByte(), order).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> RotateLeft(Vector128<uint> value, [ConstantExpected] int count) =>
        Vector128.ShiftLeft(value, count) | Vector128.ShiftRightLogical(value, 32 - count);

    /// <summary>Four words of each block, from vectors of words to vectors of bytes of one block, 16 at <paramref name="offset"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(byte* input, byte* output, int offset, Vector128<uint> a, Vector128<uint> b, Vector128<uint> c, Vector128<uint> d)
    {
        Vector128<ulong> ab01 = LowerWords(a, b);
        Vector128<ulong> cd01 = LowerWords(c, d);
        Vector128<ulong> ab23 = UpperWords(a, b);
        Vector128<ulong> cd23 = UpperWords(c, d);
        Xor(input, output, offset, LowerPairs(ab01, cd01));
        Xor(input, output, offset + IChaChaKernel.BlockSize, UpperPairs(ab01, cd01));
        Xor(input, output, offset + (2 * IChaChaKernel.BlockSize), LowerPairs(ab23, cd23));
        Xor(input, output, offset + (3 * IChaChaKernel.BlockSize), UpperPairs(ab23, cd23));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Xor(byte* input, byte* output, int offset, Vector128<ulong> keyStream) =>
        (Vector128.Load(input + offset) ^ keyStream.AsByte()).Store(output + offset);

    /// <summary>a0 b0 a1 b1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> LowerWords(Vector128<uint> a, Vector128<uint> b) => Sse2.IsSupported
        ? Sse2.UnpackLow(a, b).AsUInt64()
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(a, b).AsUInt64() : Vector128.Create(a[0], b[0], a[1], b[1]).AsUInt64();

    /// <summary>a2 b2 a3 b3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> UpperWords(Vector128<uint> a, Vector128<uint> b) => Sse2.IsSupported
        ? Sse2.UnpackHigh(a, b).AsUInt64()
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(a, b).AsUInt64() : Vector128.Create(a[2], b[2], a[3], b[3]).AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> LowerPairs(Vector128<ulong> a, Vector128<ulong> b) =>
        Sse2.IsSupported ? Sse2.UnpackLow(a, b) : Vector128.Create(a.GetLower(), b.GetLower());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> UpperPairs(Vector128<ulong> a, Vector128<ulong> b) =>
        Sse2.IsSupported ? Sse2.UnpackHigh(a, b) : Vector128.Create(a.GetUpper(), b.GetUpper());
}
