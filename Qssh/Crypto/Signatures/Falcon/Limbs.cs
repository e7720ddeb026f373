namespace Qssh.Crypto.Signatures.Falcon;

/// <summary>
/// Big integers as limbs of 31 bits, least significant first; signed ones in two's complement over all limbs. Lengths and shifts are
/// public, the values are secret: nothing branches on them.
/// </summary>
internal static class Limbs
{
    public const int Bits = 31;

    public const uint Mask = (1u << Bits) - 1;

    /// <summary>1 for a negative number.</summary>
    public static uint SignBit(ReadOnlySpan<uint> x) => x[^1] >> (Bits - 1);

    /// <summary>What continues a signed number upwards: 0 or all ones.</summary>
    public static uint SignLimb(ReadOnlySpan<uint> x) => (0 - SignBit(x)) & Mask;

    /// <summary>x mod p, x not negative (Horner's rule).</summary>
    public static uint ModUnsigned(ReadOnlySpan<uint> x, SmallPrime prime)
    {
        uint rest = 0;
        for (int i = x.Length - 1; i >= 0; i--)
            rest = prime.Add(prime.Multiply(rest, prime.Limb), prime.ReduceOnce(x[i]));
        return rest;
    }

    /// <summary>x mod p for a signed x.</summary>
    /// <param name="range">2^(31 · length) mod p, from <see cref="Range"/>.</param>
    public static uint ModSigned(ReadOnlySpan<uint> x, SmallPrime prime, uint range) =>
        prime.Subtract(ModUnsigned(x, prime), range & (0 - SignBit(x)));

    /// <summary>2^(31 · length) mod p.</summary>
    public static uint Range(int length, SmallPrime prime) => prime.Multiply(prime.Power(prime.Limb, (uint)length), 1);

    /// <summary>x = x · factor.</summary>
    /// <returns>The limb carried out.</returns>
    public static uint MultiplySmall(Span<uint> x, uint factor)
    {
        ulong carry = 0;
        foreach (ref uint limb in x)
        {
            carry += (ulong)limb * factor;
            limb = (uint)carry & Mask;
            carry >>= Bits;
        }

        return (uint)carry;
    }

    /// <summary>x = x + y · factor. x is one limb longer than y; that limb is written, not added to.</summary>
    public static void AddProduct(Span<uint> x, ReadOnlySpan<uint> y, uint factor)
    {
        ulong carry = 0;
        for (int i = 0; i < y.Length; i++)
        {
            carry += ((ulong)y[i] * factor) + x[i];
            x[i] = (uint)carry & Mask;
            carry >>= Bits;
        }

        x[y.Length] = (uint)carry;
    }

    /// <summary>From [0, modulus) to the signed representative around zero; the modulus is odd.</summary>
    public static void Centre(Span<uint> x, ReadOnlySpan<uint> modulus)
    {
        uint borrow = 0;
        for (int i = 0; i < x.Length; i++)
        {
            uint next = i + 1 < modulus.Length ? modulus[i + 1] & 1 : 0;
            uint half = (modulus[i] >> 1) | (next << (Bits - 1));
            borrow = (half - x[i] - borrow) >> 31;
        }

        uint mask = 0 - borrow;
        borrow = 0;
        for (int i = 0; i < x.Length; i++)
        {
            uint difference = x[i] - (modulus[i] & mask) - borrow;
            x[i] = difference & Mask;
            borrow = difference >> 31;
        }
    }

    /// <summary>x = x + factor · y · 2^(31 limbs + bits), modulo the length of x. Both are signed.</summary>
    public static void AddScaledProduct(Span<uint> x, ReadOnlySpan<uint> y, int factor, int limbs, int bits)
    {
        uint sign = SignLimb(y);
        uint shiftedOut = 0;
        long carry = 0;
        for (int i = limbs; i < x.Length; i++)
        {
            uint limb = i - limbs < y.Length ? y[i - limbs] : sign;
            uint shifted = ((limb << bits) & Mask) | shiftedOut;
            shiftedOut = limb >> (Bits - bits);
            carry += ((long)shifted * factor) + x[i];
            x[i] = (uint)carry & Mask;
            carry >>= Bits;
        }
    }

    /// <summary>x = -x where negate is 1.</summary>
    public static void NegateIf(Span<uint> x, uint negate)
    {
        uint mask = (0 - negate) & Mask;
        uint carry = negate;
        foreach (ref uint limb in x)
        {
            uint sum = (limb ^ mask) + carry;
            limb = sum & Mask;
            carry = sum >> Bits;
        }
    }

    /// <summary>A signed number as a real, from the lowest limb up.</summary>
    public static T ToReal<T>(ReadOnlySpan<uint> x)
        where T : unmanaged, IFalconReal<T>
    {
        uint negative = SignBit(x);
        uint mask = (0 - negative) & Mask;
        uint carry = negative;
        T sum = T.FromConstant(0.0);
        T unit = T.FromConstant(1.0);
        foreach (uint limb in x)
        {
            uint magnitude = (limb ^ mask) + carry;
            carry = magnitude >> Bits;
            magnitude &= Mask;
            int signed = (int)magnitude - ((int)(magnitude << 1) & -(int)negative);
            sum += T.FromInteger(signed) * unit;
            unit *= T.FromConstant(1L << Bits);
        }

        return sum;
    }
}
