using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Qssh.Secrets;

namespace Qssh.Crypto.Hashes;

/// <summary>
/// The compression function of SHA-256 (FIPS 180-4, section 6.2.2) on four independent states at once: element i of each vector belongs
/// to state i.
/// </summary>
internal static unsafe class Sha256Compression4
{
    public const int StateWords = 8;
    public const int BlockWords = 16;

    private const int Rounds = 64;

    /// <param name="state">Words in native order.</param>
    /// <param name="block">Words in native order.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Compress(Span<Vector128<uint>> state, ReadOnlySpan<Vector128<uint>> block)
    {
        _ = state[StateWords - 1];
        Vector128<uint>* w = stackalloc Vector128<uint>[Rounds];
        block[..BlockWords].CopyTo(new Span<Vector128<uint>>(w, BlockWords));
        for (int t = BlockWords; t < Rounds; t++)
            w[t] = SmallSigma1(w[t - 2]) + w[t - 7] + SmallSigma0(w[t - 15]) + w[t - 16];

        Vector128<uint> a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6], h = state[7];
        ref uint k = ref MemoryMarshal.GetReference(Sha256Compression.K);
        for (int t = 0; t < Rounds; t++)
        {
            Vector128<uint> t1 = h + BigSigma1(e) + (g ^ (e & (f ^ g))) + (Vector128.Create(Unsafe.Add(ref k, t)) + w[t]);
            Vector128<uint> t2 = BigSigma0(a) + ((a & b) | (c & (a | b)));
            (h, g, f, e, d, c, b, a) = (g, f, e, d + t1, c, b, a, t1 + t2);
        }

        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
        state[5] += f;
        state[6] += g;
        state[7] += h;
        ConstantTime.Wipe(new Span<byte>(w, Rounds * sizeof(Vector128<uint>)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> BigSigma0(Vector128<uint> x) => RotateRight(x, 2) ^ RotateRight(x, 13) ^ RotateRight(x, 22);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> BigSigma1(Vector128<uint> x) => RotateRight(x, 6) ^ RotateRight(x, 11) ^ RotateRight(x, 25);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> SmallSigma0(Vector128<uint> x) => RotateRight(x, 7) ^ RotateRight(x, 18) ^ Vector128.ShiftRightLogical(x, 3);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> SmallSigma1(Vector128<uint> x) => RotateRight(x, 17) ^ RotateRight(x, 19) ^ Vector128.ShiftRightLogical(x, 10);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> RotateRight(Vector128<uint> value, [ConstantExpected] int count) =>
        Vector128.ShiftRightLogical(value, count) | Vector128.ShiftLeft(value, 32 - count);
}
