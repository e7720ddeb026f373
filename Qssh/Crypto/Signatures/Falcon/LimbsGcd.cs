using System.Runtime.InteropServices;
using Qssh.Secrets;

namespace Qssh.Crypto.Signatures.Falcon;

/// <summary>
/// The extended binary greatest common divisor of two odd big integers in constant time (Pornin, "Optimized binary GCD for modular
/// inversion", 2020): 31 steps at a time are decided on the top and bottom words, then applied to the whole.
/// </summary>
internal static class LimbsGcd
{
    /// <summary>Steps decided together: one limb is divided out.</summary>
    private const int Steps = Limbs.Bits;

    /// <summary>u and v with x u - y v = 1, 0 &lt;= u &lt; y, 0 &lt;= v &lt; x. Both are above 1.</summary>
    /// <returns>False unless x and y are odd and have no common divisor.</returns>
    public static bool TryBezout(ReadOnlySpan<uint> x, ReadOnlySpan<uint> y, Span<uint> u, Span<uint> v)
    {
        int length = x.Length;
        Span<uint> workspace = stackalloc uint[4 * length];
        Span<uint> a = workspace[..length];
        Span<uint> b = workspace.Slice(length, length);
        Span<uint> u1 = workspace.Slice(2 * length, length);
        Span<uint> v1 = workspace.Slice(3 * length, length);
        uint xInverse = (0 - SmallPrime.InverseOfOdd(x[0] | 1)) & Limbs.Mask;
        uint yInverse = (0 - SmallPrime.InverseOfOdd(y[0] | 1)) & Limbs.Mask;

        // Always a = x u - y v and b = x u1 - y v1, from (1, 0) and (y, x - 1).
        x.CopyTo(a);
        y.CopyTo(b);
        u.Clear();
        v.Clear();
        u[0] = 1;
        y.CopyTo(u1);
        x.CopyTo(v1);
        v1[0]--;

        // Each round takes at least 30 bits off the sum of both lengths.
        for (int bits = (2 * Limbs.Bits * length) + 30; bits >= 30; bits -= 30)
        {
            Factors factors = Decide(a, b);
            factors.Apply(a, b);
            factors.Apply(u, u1, y, yInverse);
            factors.Apply(v, v1, x, xInverse);
        }

        uint rest = a[0] ^ 1;
        foreach (uint limb in a[1..])
            rest |= limb;
        bool coprime = (rest == 0) & ((x[0] & y[0] & 1) == 1);
        ConstantTime.Wipe(MemoryMarshal.AsBytes(workspace));
        return coprime;
    }

    /// <summary>The two highest limbs in use by either number, as 62 bits each.</summary>
    private static void Top(ReadOnlySpan<uint> a, ReadOnlySpan<uint> b, out ulong aTop, out ulong bTop)
    {
        uint a0 = 0;
        uint a1 = 0;
        uint b0 = 0;
        uint b1 = 0;
        uint searching = uint.MaxValue;
        uint searchingSecond = uint.MaxValue;
        for (int i = a.Length - 1; i >= 0; i--)
        {
            a0 ^= (a0 ^ a[i]) & searching;
            a1 ^= (a1 ^ a[i]) & searchingSecond;
            b0 ^= (b0 ^ b[i]) & searching;
            b1 ^= (b1 ^ b[i]) & searchingSecond;
            searchingSecond = searching;
            searching &= (((a[i] | b[i]) + Limbs.Mask) >> Limbs.Bits) - 1;
        }

        // Numbers of one limb: it was found last, and counts as the low one.
        a1 |= a0 & searchingSecond;
        a0 &= ~searchingSecond;
        b1 |= b0 & searchingSecond;
        b0 &= ~searchingSecond;
        aTop = ((ulong)a0 << Limbs.Bits) + a1;
        bTop = ((ulong)b0 << Limbs.Bits) + b1;
    }

    private static Factors Decide(ReadOnlySpan<uint> a, ReadOnlySpan<uint> b)
    {
        Top(a, b, out ulong aTop, out ulong bTop);
        uint aLow = a[0];
        uint bLow = b[0];
        long pa = 1;
        long pb = 0;
        long qa = 0;
        long qb = 1;
        for (int i = 0; i < Steps; i++)
        {
            // An even a is halved; else an even b; else the smaller is subtracted from the larger, which is then halved.
            // Instead of halving one, the low words and factors of the other are doubled: bit i is what counts.
            ulong difference = bTop - aTop;
            uint larger = (uint)((difference ^ ((aTop ^ bTop) & (aTop ^ difference))) >> 63);
            uint bothOdd = (aLow >> i) & (bLow >> i) & 1;
            uint fromA = bothOdd & larger;
            uint fromB = bothOdd & ~larger;
            uint halveA = fromA | (((aLow >> i) & 1) ^ 1);

            aLow -= bLow & (0 - fromA);
            aTop -= bTop & (0 - (ulong)fromA);
            pa -= qa & -(long)fromA;
            pb -= qb & -(long)fromA;
            bLow -= aLow & (0 - fromB);
            bTop -= aTop & (0 - (ulong)fromB);
            qa -= pa & -(long)fromB;
            qb -= pb & -(long)fromB;

            aLow += aLow & (halveA - 1);
            pa += pa & ((long)halveA - 1);
            pb += pb & ((long)halveA - 1);
            aTop ^= (aTop ^ (aTop >> 1)) & (0 - (ulong)halveA);
            bLow += bLow & (0 - halveA);
            qa += qa & -(long)halveA;
            qb += qb & -(long)halveA;
            bTop ^= (bTop ^ (bTop >> 1)) & ((ulong)halveA - 1);
        }

        return new Factors(pa, pb, qa, qb);
    }

    /// <summary>(a, b) becomes (pa a + pb b, qa a + qb b) / 2^31. |pa| + |pb| and |qa| + |qb| are at most 2^31.</summary>
    private struct Factors(long pa, long pb, long qa, long qb)
    {
        private long _pa = pa;
        private long _pb = pb;
        private long _qa = qa;
        private long _qb = qb;

        /// <summary>On integers, where the division is exact. The results are made positive, and the factors follow.</summary>
        public void Apply(Span<uint> a, Span<uint> b)
        {
            long carryA = 0;
            long carryB = 0;
            for (int i = 0; i < a.Length; i++)
            {
                carryA += (a[i] * _pa) + (b[i] * _pb);
                carryB += (a[i] * _qa) + (b[i] * _qb);
                if (i > 0)
                {
                    a[i - 1] = (uint)carryA & Limbs.Mask;
                    b[i - 1] = (uint)carryB & Limbs.Mask;
                }

                carryA >>= Limbs.Bits;
                carryB >>= Limbs.Bits;
            }

            a[^1] = (uint)carryA & Limbs.Mask;
            b[^1] = (uint)carryB & Limbs.Mask;
            long negativeA = carryA >> 63;
            long negativeB = carryB >> 63;
            Limbs.NegateIf(a, (uint)-negativeA);
            Limbs.NegateIf(b, (uint)-negativeB);
            _pa = (_pa ^ negativeA) - negativeA;
            _pb = (_pb ^ negativeA) - negativeA;
            _qa = (_qa ^ negativeB) - negativeB;
            _qb = (_qb ^ negativeB) - negativeB;
        }

        /// <summary>Modulo m, where multiples of m make the division exact (Montgomery).</summary>
        public readonly void Apply(Span<uint> a, Span<uint> b, ReadOnlySpan<uint> m, uint negatedInverse)
        {
            uint lowA = (a[0] * (uint)_pa) + (b[0] * (uint)_pb);
            uint lowB = (a[0] * (uint)_qa) + (b[0] * (uint)_qb);
            long factorA = (lowA * negatedInverse) & Limbs.Mask;
            long factorB = (lowB * negatedInverse) & Limbs.Mask;
            long carryA = 0;
            long carryB = 0;
            for (int i = 0; i < a.Length; i++)
            {
                carryA += (a[i] * _pa) + (b[i] * _pb) + (m[i] * factorA);
                carryB += (a[i] * _qa) + (b[i] * _qb) + (m[i] * factorB);
                if (i > 0)
                {
                    a[i - 1] = (uint)carryA & Limbs.Mask;
                    b[i - 1] = (uint)carryB & Limbs.Mask;
                }

                carryA >>= Limbs.Bits;
                carryB >>= Limbs.Bits;
            }

            a[^1] = (uint)carryA;
            b[^1] = (uint)carryB;
            Reduce(a, m, (uint)(carryA >> 63) & 1);
            Reduce(b, m, (uint)(carryB >> 63) & 1);
        }

        /// <summary>From [-m, 2m) to [0, m). The top limb comes with all its 32 bits.</summary>
        private static void Reduce(Span<uint> a, ReadOnlySpan<uint> m, uint negative)
        {
            uint borrow = 0;
            for (int i = 0; i < a.Length; i++)
                borrow = (a[i] - m[i] - borrow) >> 31;

            // Add m to what is negative; subtract it from what is not below it; else leave all as it is.
            uint flip = (0 - negative) & Limbs.Mask;
            uint select = 0 - (negative | (1 - borrow));
            borrow = negative;
            for (int i = 0; i < a.Length; i++)
            {
                uint difference = a[i] - ((m[i] ^ flip) & select) - borrow;
                a[i] = difference & Limbs.Mask;
                borrow = difference >> 31;
            }
        }
    }
}
