using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Qssh.Crypto.Aead;

/// <summary>
/// Poly1305 on two blocks at once: element 0 of each vector takes the even blocks, element 1 the odd ones, both multiplied by r^2; at the
/// end element 0 by r^2 and element 1 by r, and then they are added. Limbs and bounds as in <see cref="Poly1305Limbs"/>.
/// </summary>
internal static unsafe class Poly1305Pair
{
    private const int Bits = Poly1305Limbs.Bits;
    private const int PairSize = 2 * Poly1305.BlockSize;

    /// <param name="data">A positive number of pairs of blocks.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Poly1305Limbs Update(in Poly1305Limbs h, in Poly1305Limbs r, in Poly1305Limbs r2, ReadOnlySpan<byte> data)
    {
        Factor square = new(Vector128.Create(r2.L0), Vector128.Create(r2.L1), Vector128.Create(r2.L2), Vector128.Create(r2.L3), Vector128.Create(r2.L4));
        Factor last = new(
            Vector128.Create(r2.L0, r.L0), Vector128.Create(r2.L1, r.L1), Vector128.Create(r2.L2, r.L2), Vector128.Create(r2.L3, r.L3), Vector128.Create(r2.L4, r.L4));
        Vector128<ulong> h0 = Vector128.CreateScalar(h.L0), h1 = Vector128.CreateScalar(h.L1), h2 = Vector128.CreateScalar(h.L2);
        Vector128<ulong> h3 = Vector128.CreateScalar(h.L3), h4 = Vector128.CreateScalar(h.L4);
        fixed (byte* start = data)
        {
            byte* end = start + data.Length - PairSize;
            for (byte* pair = start; pair < end; pair += PairSize)
            {
                Add(pair, ref h0, ref h1, ref h2, ref h3, ref h4);
                Multiply(square, ref h0, ref h1, ref h2, ref h3, ref h4);
            }

            Add(end, ref h0, ref h1, ref h2, ref h3, ref h4);
            Multiply(last, ref h0, ref h1, ref h2, ref h3, ref h4);
        }

        return Poly1305Limbs.Carry(Vector128.Sum(h0), Vector128.Sum(h1), Vector128.Sum(h2), Vector128.Sum(h3), Vector128.Sum(h4));
    }

    /// <summary>Adds a pair of blocks, with the bit above each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(
        byte* pair, ref Vector128<ulong> h0, ref Vector128<ulong> h1, ref Vector128<ulong> h2, ref Vector128<ulong> h3, ref Vector128<ulong> h4)
    {
        Vector128<ulong> even = Vector128.Load((ulong*)pair);
        Vector128<ulong> odd = Vector128.Load((ulong*)(pair + Poly1305.BlockSize));
        Vector128<ulong> lower = Lower(even, odd);
        Vector128<ulong> upper = Upper(even, odd);
        Vector128<ulong> mask = Vector128.Create((ulong)Poly1305Limbs.Mask);
        h0 += lower & mask;
        h1 += Vector128.ShiftRightLogical(lower, 26) & mask;
        h2 += (Vector128.ShiftRightLogical(lower, 52) | Vector128.ShiftLeft(upper, 12)) & mask;
        h3 += Vector128.ShiftRightLogical(upper, 14) & mask;
        h4 += Vector128.ShiftRightLogical(upper, 40) | Vector128.Create(1UL << 24);
    }

    /// <summary>As <see cref="Poly1305Limbs.Multiply"/>, but that the carries run in two chains, so that none waits for all others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Multiply(
        in Factor r, ref Vector128<ulong> h0, ref Vector128<ulong> h1, ref Vector128<ulong> h2, ref Vector128<ulong> h3, ref Vector128<ulong> h4)
    {
        Vector128<ulong> d0 = P(h0, r.R0) + P(h1, r.S4) + P(h2, r.S3) + P(h3, r.S2) + P(h4, r.S1);
        Vector128<ulong> d1 = P(h0, r.R1) + P(h1, r.R0) + P(h2, r.S4) + P(h3, r.S3) + P(h4, r.S2);
        Vector128<ulong> d2 = P(h0, r.R2) + P(h1, r.R1) + P(h2, r.R0) + P(h3, r.S4) + P(h4, r.S3);
        Vector128<ulong> d3 = P(h0, r.R3) + P(h1, r.R2) + P(h2, r.R1) + P(h3, r.R0) + P(h4, r.S4);
        Vector128<ulong> d4 = P(h0, r.R4) + P(h1, r.R3) + P(h2, r.R2) + P(h3, r.R1) + P(h4, r.R0);

        Vector128<ulong> mask = Vector128.Create((ulong)Poly1305Limbs.Mask);
        d1 += Vector128.ShiftRightLogical(d0, Bits);
        d4 += Vector128.ShiftRightLogical(d3, Bits);
        d2 += Vector128.ShiftRightLogical(d1, Bits);
        Vector128<ulong> over = Vector128.ShiftRightLogical(d4, Bits);
        d0 = (d0 & mask) + over + Vector128.ShiftLeft(over, 2);
        d3 = (d3 & mask) + Vector128.ShiftRightLogical(d2, Bits);
        h1 = (d1 & mask) + Vector128.ShiftRightLogical(d0, Bits);
        h4 = (d4 & mask) + Vector128.ShiftRightLogical(d3, Bits);
        h0 = d0 & mask;
        h2 = d2 & mask;
        h3 = d3 & mask;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> P(Vector128<ulong> x, Vector128<ulong> y) => LowProduct.Multiply(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Lower(Vector128<ulong> even, Vector128<ulong> odd) => Sse2.IsSupported
        ? Sse2.UnpackLow(even, odd)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(even, odd) : Vector128.Create(even.GetLower(), odd.GetLower());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Upper(Vector128<ulong> even, Vector128<ulong> odd) => Sse2.IsSupported
        ? Sse2.UnpackHigh(even, odd)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(even, odd) : Vector128.Create(even.GetUpper(), odd.GetUpper());

    /// <summary>A power of r in each element, and five times its upper limbs.</summary>
    private readonly struct Factor(Vector128<ulong> r0, Vector128<ulong> r1, Vector128<ulong> r2, Vector128<ulong> r3, Vector128<ulong> r4)
    {
        public readonly Vector128<ulong> R0 = r0, R1 = r1, R2 = r2, R3 = r3, R4 = r4;
        public readonly Vector128<ulong> S1 = Five(r1), S2 = Five(r2), S3 = Five(r3), S4 = Five(r4);

        private static Vector128<ulong> Five(Vector128<ulong> value) => value + Vector128.ShiftLeft(value, 2);
    }
}
