using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Qssh.Crypto.Hashes;

/// <summary>
/// Keccak-p[1600, 24] (FIPS 202, section 3) on four independent states at once, as <see cref="KeccakPermutation2"/> on two. A compiler
/// that aims at CPUs without AVX2 answers <see cref="IsSupported"/> itself and leaves the code out.
/// </summary>
internal static unsafe class KeccakPermutation4
{
    public const int Lanes = 25;

    public static bool IsSupported => Avx2.IsSupported;

    /// <param name="state">Lane (x, y) of the standard is index x + 5y.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Permute(Span<Vector256<ulong>> state)
    {
        _ = state[Lanes - 1];
        ReadOnlySpan<ulong> constants = KeccakPermutation.RoundConstants;
        Vector256<ulong>* other = stackalloc Vector256<ulong>[Lanes];
        fixed (Vector256<ulong>* lanes = state)
        {
            for (int round = 0; round < constants.Length; round += 2)
            {
                Round(lanes, other, Vector256.Create(constants[round]));
                Round(other, lanes, Vector256.Create(constants[round + 1]));
            }
        }

        Secrets.ConstantTime.Wipe(new Span<byte>(other, Lanes * sizeof(Vector256<ulong>)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(Vector256<ulong>* a, Vector256<ulong>* e, Vector256<ulong> constant)
    {
        Vector256<ulong> c0 = a[0] ^ a[5] ^ a[10] ^ a[15] ^ a[20];
        Vector256<ulong> c1 = a[1] ^ a[6] ^ a[11] ^ a[16] ^ a[21];
        Vector256<ulong> c2 = a[2] ^ a[7] ^ a[12] ^ a[17] ^ a[22];
        Vector256<ulong> c3 = a[3] ^ a[8] ^ a[13] ^ a[18] ^ a[23];
        Vector256<ulong> c4 = a[4] ^ a[9] ^ a[14] ^ a[19] ^ a[24];
        Vector256<ulong> d0 = c4 ^ RotateLeft(c1, 1);
        Vector256<ulong> d1 = c0 ^ RotateLeft(c2, 1);
        Vector256<ulong> d2 = c1 ^ RotateLeft(c3, 1);
        Vector256<ulong> d3 = c2 ^ RotateLeft(c4, 1);
        Vector256<ulong> d4 = c3 ^ RotateLeft(c0, 1);

        Chi(e + 0, a[0] ^ d0, RotateLeft(a[6] ^ d1, 44), RotateLeft(a[12] ^ d2, 43), RotateLeft(a[18] ^ d3, 21), RotateLeft(a[24] ^ d4, 14));
        Chi(e + 5, RotateLeft(a[3] ^ d3, 28), RotateLeft(a[9] ^ d4, 20), RotateLeft(a[10] ^ d0, 3), RotateLeft(a[16] ^ d1, 45), RotateLeft(a[22] ^ d2, 61));
        Chi(e + 10, RotateLeft(a[1] ^ d1, 1), RotateLeft(a[7] ^ d2, 6), RotateLeft(a[13] ^ d3, 25), RotateLeft(a[19] ^ d4, 8), RotateLeft(a[20] ^ d0, 18));
        Chi(e + 15, RotateLeft(a[4] ^ d4, 27), RotateLeft(a[5] ^ d0, 36), RotateLeft(a[11] ^ d1, 10), RotateLeft(a[17] ^ d2, 15), RotateLeft(a[23] ^ d3, 56));
        Chi(e + 20, RotateLeft(a[2] ^ d2, 62), RotateLeft(a[8] ^ d3, 55), RotateLeft(a[14] ^ d4, 39), RotateLeft(a[15] ^ d0, 41), RotateLeft(a[21] ^ d1, 2));
        e[0] ^= constant;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Chi(
        Vector256<ulong>* row, Vector256<ulong> b0, Vector256<ulong> b1, Vector256<ulong> b2, Vector256<ulong> b3, Vector256<ulong> b4)
    {
        row[0] = b0 ^ Vector256.AndNot(b2, b1);
        row[1] = b1 ^ Vector256.AndNot(b3, b2);
        row[2] = b2 ^ Vector256.AndNot(b4, b3);
        row[3] = b3 ^ Vector256.AndNot(b0, b4);
        row[4] = b4 ^ Vector256.AndNot(b1, b0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> RotateLeft(Vector256<ulong> value, [ConstantExpected] int count) =>
        Vector256.ShiftLeft(value, count) | Vector256.ShiftRightLogical(value, 64 - count);
}
