using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static System.Numerics.BitOperations;

namespace Qssh.Crypto.Hashes;

/// <summary>
/// Keccak-p[1600, 24] (FIPS 202, section 3). Lane (x, y) of the standard is index x + 5y. Rounds go to and fro between the state and
/// a second one: a plane of the result needs ten values at a time, which fit in registers, where a state in locals does not.
/// Little-endian machines only, as all our targets.
/// </summary>
internal static class KeccakPermutation
{
    private const int Lanes = 25;

    internal static ReadOnlySpan<ulong> RoundConstants =>
    [
        0x0000000000000001, 0x0000000000008082, 0x800000000000808A, 0x8000000080008000,
        0x000000000000808B, 0x0000000080000001, 0x8000000080008081, 0x8000000000008009,
        0x000000000000008A, 0x0000000000000088, 0x0000000080008009, 0x000000008000000A,
        0x000000008000808B, 0x800000000000008B, 0x8000000000008089, 0x8000000000008003,
        0x8000000000008002, 0x8000000000000080, 0x000000000000800A, 0x800000008000000A,
        0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
    ];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Permute(Span<ulong> state)
    {
        Span<ulong> other = stackalloc ulong[Lanes];
        ref ulong a = ref MemoryMarshal.GetReference(state[..Lanes]);
        ref ulong e = ref MemoryMarshal.GetReference(other);
        ReadOnlySpan<ulong> constants = RoundConstants;
        for (int round = 0; round < constants.Length; round += 2)
        {
            Round(ref a, ref e, constants[round]);
            Round(ref e, ref a, constants[round + 1]);
        }

        Secrets.ConstantTime.Wipe(MemoryMarshal.AsBytes(other)); // one round from a secret state is secret
    }

    /// <summary>Theta into the d, rho and pi into the b of a plane, chi and iota into the plane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(ref ulong a, ref ulong e, ulong constant)
    {
        ulong c0 = At(ref a, 0) ^ At(ref a, 5) ^ At(ref a, 10) ^ At(ref a, 15) ^ At(ref a, 20);
        ulong c1 = At(ref a, 1) ^ At(ref a, 6) ^ At(ref a, 11) ^ At(ref a, 16) ^ At(ref a, 21);
        ulong c2 = At(ref a, 2) ^ At(ref a, 7) ^ At(ref a, 12) ^ At(ref a, 17) ^ At(ref a, 22);
        ulong c3 = At(ref a, 3) ^ At(ref a, 8) ^ At(ref a, 13) ^ At(ref a, 18) ^ At(ref a, 23);
        ulong c4 = At(ref a, 4) ^ At(ref a, 9) ^ At(ref a, 14) ^ At(ref a, 19) ^ At(ref a, 24);
        ulong d0 = c4 ^ RotateLeft(c1, 1);
        ulong d1 = c0 ^ RotateLeft(c2, 1);
        ulong d2 = c1 ^ RotateLeft(c3, 1);
        ulong d3 = c2 ^ RotateLeft(c4, 1);
        ulong d4 = c3 ^ RotateLeft(c0, 1);
        Chi(
            ref At(ref e, 0),
            At(ref a, 0) ^ d0,
            RotateLeft(At(ref a, 6) ^ d1, 44),
            RotateLeft(At(ref a, 12) ^ d2, 43),
            RotateLeft(At(ref a, 18) ^ d3, 21),
            RotateLeft(At(ref a, 24) ^ d4, 14));
        e ^= constant;
        Chi(
            ref At(ref e, 5),
            RotateLeft(At(ref a, 3) ^ d3, 28),
            RotateLeft(At(ref a, 9) ^ d4, 20),
            RotateLeft(At(ref a, 10) ^ d0, 3),
            RotateLeft(At(ref a, 16) ^ d1, 45),
            RotateLeft(At(ref a, 22) ^ d2, 61));
        Chi(
            ref At(ref e, 10),
            RotateLeft(At(ref a, 1) ^ d1, 1),
            RotateLeft(At(ref a, 7) ^ d2, 6),
            RotateLeft(At(ref a, 13) ^ d3, 25),
            RotateLeft(At(ref a, 19) ^ d4, 8),
            RotateLeft(At(ref a, 20) ^ d0, 18));
        Chi(
            ref At(ref e, 15),
            RotateLeft(At(ref a, 4) ^ d4, 27),
            RotateLeft(At(ref a, 5) ^ d0, 36),
            RotateLeft(At(ref a, 11) ^ d1, 10),
            RotateLeft(At(ref a, 17) ^ d2, 15),
            RotateLeft(At(ref a, 23) ^ d3, 56));
        Chi(
            ref At(ref e, 20),
            RotateLeft(At(ref a, 2) ^ d2, 62),
            RotateLeft(At(ref a, 8) ^ d3, 55),
            RotateLeft(At(ref a, 14) ^ d4, 39),
            RotateLeft(At(ref a, 15) ^ d0, 41),
            RotateLeft(At(ref a, 21) ^ d1, 2));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Chi(ref ulong plane, ulong b0, ulong b1, ulong b2, ulong b3, ulong b4)
    {
        plane = b0 ^ (~b1 & b2);
        At(ref plane, 1) = b1 ^ (~b2 & b3);
        At(ref plane, 2) = b2 ^ (~b3 & b4);
        At(ref plane, 3) = b3 ^ (~b4 & b0);
        At(ref plane, 4) = b4 ^ (~b0 & b1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref ulong At(ref ulong lanes, int index) => ref Unsafe.Add(ref lanes, index);
}
