using System.Runtime.CompilerServices;

namespace Qssh.Crypto.Aead;

/// <summary>
/// A number modulo 2^130 - 5 in limbs of 26 bits, each below 2^27 after <see cref="Multiply"/>: with a block
/// added they are below 2^28.
/// </summary>
internal struct Poly1305Limbs
{
    public const int Bits = 26;
    public const uint Mask = (1u << Bits) - 1;

    public ulong L0;
    public ulong L1;
    public ulong L2;
    public ulong L3;
    public ulong L4;

    /// <param name="lower">Bits 0 to 63.</param>
    /// <param name="upper">Bits 64 to 127.</param>
    /// <param name="top">Bit 128.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Poly1305Limbs(ulong lower, ulong upper, ulong top)
    {
        L0 = lower & Mask;
        L1 = (lower >> 26) & Mask;
        L2 = ((lower >> 52) | (upper << 12)) & Mask;
        L3 = (upper >> 14) & Mask;
        L4 = (upper >> 40) | (top << 24);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Poly1305Limbs operator +(in Poly1305Limbs x, in Poly1305Limbs y) => new()
    {
        L0 = x.L0 + y.L0,
        L1 = x.L1 + y.L1,
        L2 = x.L2 + y.L2,
        L3 = x.L3 + y.L3,
        L4 = x.L4 + y.L4,
    };

    /// <summary>x y. Limbs of x below 2^28, of y below 2^27: the sums of products, up to four of them times 5, stay below 2^60.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Poly1305Limbs Multiply(in Poly1305Limbs x, in Poly1305Limbs y)
    {
        ulong s1 = 5 * y.L1, s2 = 5 * y.L2, s3 = 5 * y.L3, s4 = 5 * y.L4;
        return Carry(
            (x.L0 * y.L0) + (x.L1 * s4) + (x.L2 * s3) + (x.L3 * s2) + (x.L4 * s1),
            (x.L0 * y.L1) + (x.L1 * y.L0) + (x.L2 * s4) + (x.L3 * s3) + (x.L4 * s2),
            (x.L0 * y.L2) + (x.L1 * y.L1) + (x.L2 * y.L0) + (x.L3 * s4) + (x.L4 * s3),
            (x.L0 * y.L3) + (x.L1 * y.L2) + (x.L2 * y.L1) + (x.L3 * y.L0) + (x.L4 * s4),
            (x.L0 * y.L4) + (x.L1 * y.L3) + (x.L2 * y.L2) + (x.L3 * y.L1) + (x.L4 * y.L0));
    }

    /// <summary>The same number modulo 2^130 - 5 with limbs below 2^26, but the second, which is below 2^26 + 2^13.</summary>
    /// <remarks>Sums below 2^60: carries below 2^35; five times the last, which goes round to the first limb, below 2^38.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Poly1305Limbs Carry(ulong d0, ulong d1, ulong d2, ulong d3, ulong d4)
    {
        d1 += d0 >> Bits;
        d2 += d1 >> Bits;
        d3 += d2 >> Bits;
        d4 += d3 >> Bits;
        ulong first = (d0 & Mask) + (5 * (d4 >> Bits));
        return new()
        {
            L0 = first & Mask,
            L1 = (d1 & Mask) + (first >> Bits),
            L2 = d2 & Mask,
            L3 = d3 & Mask,
            L4 = d4 & Mask,
        };
    }

    /// <summary>The number modulo 2^130 - 5 in its one representation below that, modulo 2^128.</summary>
    public readonly UInt128 Reduce()
    {
        // Now below 2^130 + 2^39. It is not below p exactly when adding 5 reaches 2^130; then the bits below are the remainder.
        Poly1305Limbs h = Carry(L0, L1, L2, L3, L4);
        ulong isOver = (h.L4 + ((h.L3 + ((h.L2 + ((h.L1 + ((h.L0 + 5) >> Bits)) >> Bits)) >> Bits)) >> Bits)) >> Bits;
        UInt128 value = h.L0;
        unchecked
        {
            value += (UInt128)h.L1 << Bits;
            value += (UInt128)h.L2 << (2 * Bits);
            value += (UInt128)h.L3 << (3 * Bits);
            value += (UInt128)h.L4 << (4 * Bits);
            return value + (5 * isOver);
        }
    }
}
