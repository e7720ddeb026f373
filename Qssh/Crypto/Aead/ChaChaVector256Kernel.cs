using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Qssh.Crypto.Aead;

/// <summary>Eight blocks at a time: element i of each vector is a word of block i. A compiler that aims at CPUs without AVX2 answers
/// <see cref="IsSupported"/> itself and leaves the code out.</summary>
internal readonly unsafe struct ChaChaVector256Kernel : IChaChaKernel
{
    private const int DoubleRounds = 10;

    public static bool IsSupported => Avx2.IsSupported;

    public static int BatchSize => Vector256<uint>.Count * IChaChaKernel.BlockSize;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Crypt(uint* state, byte* input, byte* output)
    {
        Vector256<uint> counters = Vector256.Create(state[12]) + Vector256.Create(0u, 1, 2, 3, 4, 5, 6, 7);
        Vector256<uint> x0 = Vector256.Create(state[0]), x1 = Vector256.Create(state[1]), x2 = Vector256.Create(state[2]), x3 = Vector256.Create(state[3]);
        Vector256<uint> x4 = Vector256.Create(state[4]), x5 = Vector256.Create(state[5]), x6 = Vector256.Create(state[6]), x7 = Vector256.Create(state[7]);
        Vector256<uint> x8 = Vector256.Create(state[8]), x9 = Vector256.Create(state[9]), x10 = Vector256.Create(state[10]), x11 = Vector256.Create(state[11]);
        Vector256<uint> x12 = counters, x13 = Vector256.Create(state[13]), x14 = Vector256.Create(state[14]), x15 = Vector256.Create(state[15]);
        for (int i = 0; i < DoubleRounds; i++)
        {
            QuarterRound(ref x0, ref x4, ref x8, ref x12);
            QuarterRound(ref x1, ref x5, ref x9, ref x13);
            QuarterRound(ref x2, ref x6, ref x10, ref x14);
            QuarterRound(ref x3, ref x7, ref x11, ref x15);
            QuarterRound(ref x0, ref x5, ref x10, ref x15);
            QuarterRound(ref x1, ref x6, ref x11, ref x12);
            QuarterRound(ref x2, ref x7, ref x8, ref x13);
            QuarterRound(ref x3, ref x4, ref x9, ref x14);
        }

        Store(input, output, 0, x0 + Vector256.Create(state[0]), x1 + Vector256.Create(state[1]), x2 + Vector256.Create(state[2]), x3 + Vector256.Create(state[3]));
        Store(input, output, 16, x4 + Vector256.Create(state[4]), x5 + Vector256.Create(state[5]), x6 + Vector256.Create(state[6]), x7 + Vector256.Create(state[7]));
        Store(input, output, 32, x8 + Vector256.Create(state[8]), x9 + Vector256.Create(state[9]), x10 + Vector256.Create(state[10]), x11 + Vector256.Create(state[11]));
        Store(input, output, 48, x12 + counters, x13 + Vector256.Create(state[13]), x14 + Vector256.Create(state[14]), x15 + Vector256.Create(state[15]));
    }

    /// <summary>RFC 8439, section 2.1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void QuarterRound(ref Vector256<uint> a, ref Vector256<uint> b, ref Vector256<uint> c, ref Vector256<uint> d)
    {
        a += b;
        d = RotateBytes(d ^ a, Vector256.Create((byte)2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13, 2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13));
        c += d;
        b = RotateLeft(b ^ c, 12);
        a += b;
        d = RotateBytes(d ^ a, Vector256.Create((byte)3, 0, 1, 2, 7, 4, 5, 6, 11, 8, 9, 10, 15, 12, 13, 14, 3, 0, 1, 2, 7, 4, 5, 6, 11, 8, 9, 10, 15, 12, 13, 14));
        c += d;
        b = RotateLeft(b ^ c, 7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> RotateBytes(Vector256<uint> value, Vector256<byte> order) => Avx2.Shuffle(value.AsByte(), order).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> RotateLeft(Vector256<uint> value, [ConstantExpected] int count) =>
        Vector256.ShiftLeft(value, count) | Vector256.ShiftRightLogical(value, 32 - count);

    /// <summary>Four words of each block, from vectors of words to halves of vectors of one block, 16 bytes at <paramref name="offset"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(byte* input, byte* output, int offset, Vector256<uint> a, Vector256<uint> b, Vector256<uint> c, Vector256<uint> d)
    {
        Vector256<ulong> ab0 = Avx2.UnpackLow(a, b).AsUInt64();
        Vector256<ulong> cd0 = Avx2.UnpackLow(c, d).AsUInt64();
        Vector256<ulong> ab2 = Avx2.UnpackHigh(a, b).AsUInt64();
        Vector256<ulong> cd2 = Avx2.UnpackHigh(c, d).AsUInt64();
        Xor(input, output, offset, Avx2.UnpackLow(ab0, cd0));
        Xor(input, output, offset + IChaChaKernel.BlockSize, Avx2.UnpackHigh(ab0, cd0));
        Xor(input, output, offset + (2 * IChaChaKernel.BlockSize), Avx2.UnpackLow(ab2, cd2));
        Xor(input, output, offset + (3 * IChaChaKernel.BlockSize), Avx2.UnpackHigh(ab2, cd2));
    }

    /// <summary>The lower half belongs to one of the first four blocks, the upper half to one of the last four.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Xor(byte* input, byte* output, int offset, Vector256<ulong> keyStream)
    {
        const int UpperBlocks = 4 * IChaChaKernel.BlockSize;
        Vector128<byte> lower = Vector128.Load(input + offset) ^ keyStream.GetLower().AsByte();
        Vector128<byte> upper = Vector128.Load(input + offset + UpperBlocks) ^ keyStream.GetUpper().AsByte();
        lower.Store(output + offset);
        upper.Store(output + offset + UpperBlocks);
    }
}
