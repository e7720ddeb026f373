using System.Runtime.CompilerServices;

namespace Qssh.Crypto.Signatures.Falcon;

/// <summary>
/// Binary64 in integer instructions only, in a time that depends on no value: for processors whose floating-point unit is not trusted
/// to be exact or to take constant time, and for comparison. Multiplication and shifts by a variable count are taken as constant in
/// time. Numbers below the normal range become zero, which the values of Falcon never reach.
/// </summary>
internal readonly struct EmulatedReal(ulong bits) : IFalconReal<EmulatedReal>
{
    private const int MantissaBits = 52;
    private const int Bias = 1023;
    private const ulong Sign = 1UL << 63;
    private const ulong Hidden = 1UL << MantissaBits;

    private readonly ulong _bits = bits;

    private int Exponent => (int)(_bits >> MantissaBits) & 0x7FF;

    /// <summary>All ones unless the number is zero.</summary>
    private ulong NonZero => (ulong)-(long)(((uint)Exponent + 0x7FF) >> 11);

    /// <summary>With the hidden bit: 53 bits; 0 for zero.</summary>
    private ulong Significand => ((_bits & (Hidden - 1)) | Hidden) & NonZero;

    public static EmulatedReal operator -(EmulatedReal left, EmulatedReal right) => left + -right;

    public static EmulatedReal operator -(EmulatedReal value) => new(value._bits ^ Sign);

    public static EmulatedReal operator +(EmulatedReal left, EmulatedReal right)
    {
        // The larger magnitude first; of equal ones the positive, so that a difference of nothing is +0.
        ulong difference = (left._bits & ~Sign) - (right._bits & ~Sign);
        ulong swap = (ulong)-(long)((difference >> 63) | (IsZero(difference) & (left._bits >> 63)));
        ulong exchange = (left._bits ^ right._bits) & swap;
        EmulatedReal large = new(left._bits ^ exchange);
        EmulatedReal small = new(right._bits ^ exchange);

        // Ten bits below the last place, the lowest of them sticky, keep the rounding of sum and difference right.
        const int Guard = 10;
        ulong addend = ShiftRightSticky(small.Significand << Guard, large.Exponent - small.Exponent);
        ulong opposite = (ulong)-(long)((large._bits ^ small._bits) >> 63);
        ulong sum = (large.Significand << Guard) + (addend ^ opposite) - opposite;
        int shift = Normalise(ref sum);
        return Pack(large._bits & Sign, large.Exponent + 1 - shift, StickyShift(sum, 9));
    }

    public static EmulatedReal operator *(EmulatedReal left, EmulatedReal right)
    {
        // 105 or 106 bits, of which 55 and the sticky one are kept.
        const int Dropped = 50;
        ulong high = Math.BigMul(left.Significand, right.Significand, out ulong low);
        ulong product = (high << (64 - Dropped)) | (low >> Dropped) | (1 ^ IsZero(low & ((1UL << Dropped) - 1)));
        int carry = (int)(product >> 55);
        return Pack((left._bits ^ right._bits) & Sign, left.Exponent + right.Exponent - Bias + carry, StickyShift(product, carry));
    }

    /// <summary>Digit by digit.</summary>
    public static EmulatedReal operator /(EmulatedReal left, EmulatedReal right)
    {
        ulong rest = left.Significand;
        ulong divisor = right.Significand;
        ulong quotient = 0;
        for (int i = 0; i < 56; i++)
        {
            ulong fits = ((rest - divisor) >> 63) - 1;
            rest = (rest - (divisor & fits)) << 1;
            quotient = (quotient << 1) | (fits & 1);
        }

        quotient |= 1 ^ IsZero(rest);
        int carry = (int)(quotient >> 55);
        ulong significand = StickyShift(quotient, carry) & left.NonZero;
        return Pack((left._bits ^ right._bits) & Sign, left.Exponent - right.Exponent + Bias - 1 + carry, significand);
    }

    public static EmulatedReal FromConstant(double value) => new(BitConverter.DoubleToUInt64Bits(value));

    public static EmulatedReal FromInteger(long value)
    {
        ulong sign = (ulong)(value >> 63);
        ulong magnitude = ((ulong)value ^ sign) - sign;
        int shift = Normalise(ref magnitude);
        return Pack(sign & Sign, Bias + 63 - shift, StickyShift(magnitude, 9));
    }

    public static EmulatedReal Half(EmulatedReal value) => Pack(value._bits & Sign, value.Exponent - 1, value.Significand << 2);

    /// <summary>Digit by digit: root is 2^53 to 2^54, with 53 binary places for a number from 1 to 4.</summary>
    public static EmulatedReal SquareRoot(EmulatedReal value)
    {
        int exponent = value.Exponent - Bias;
        ulong rest = value.Significand << (1 + (exponent & 1));
        ulong root = 0;
        ulong doubled = 0;
        for (ulong digit = 1UL << 53; digit != 0; digit >>= 1)
        {
            ulong trial = doubled + digit;
            ulong fits = ((rest - trial) >> 63) - 1;
            doubled += (digit << 1) & fits;
            root |= digit & fits;
            rest = (rest - (trial & fits)) << 1;
        }

        return Pack(0, (exponent >> 1) + Bias, ((root << 1) | (1 ^ IsZero(rest))) & value.NonZero);
    }

    public static long Round(EmulatedReal value)
    {
        ulong significand = value.Significand << 10;
        int shift = IntegerShift(value, out ulong inRange);
        significand &= inRange;
        ulong integer = significand >> shift;
        ulong fraction = (significand << (63 - shift)) << 1;
        ulong up = (fraction >> 63) & (integer | (1 ^ IsZero(fraction << 1)));
        return value.WithSign(integer + (up & 1));
    }

    public static long Floor(EmulatedReal value)
    {
        int shift = IntegerShift(value, out _);
        return value.WithSign(value.Significand << 10) >> shift;
    }

    public static long Truncate(EmulatedReal value)
    {
        int shift = IntegerShift(value, out ulong inRange);
        return value.WithSign(((value.Significand << 10) & inRange) >> shift);
    }

    public static bool IsLess(EmulatedReal left, EmulatedReal right) => left.Ordered < right.Ordered;

    /// <summary>Two's complement of sign and magnitude: both zeros become 0.</summary>
    private long Ordered => WithSign(_bits & ~Sign);

    private long WithSign(ulong magnitude)
    {
        long sign = (long)_bits >> 63;
        return ((long)magnitude ^ sign) - sign;
    }

    /// <summary>How far a significand with its leading one in bit 62 is from integers; beyond 63 places nothing is left of it.</summary>
    private static int IntegerShift(EmulatedReal value, out ulong inRange)
    {
        int shift = Bias + 62 - value.Exponent;
        inRange = (ulong)((long)(shift - 64) >> 63);
        return (shift & (int)inRange) | (63 & ~(int)inRange);
    }

    /// <summary>
    /// Rounds a significand of 55 bits, the lowest one sticky, to 53: up if the half bit is set and the rest or the last bit is not even.
    /// A significand of 0 and an exponent below the range make zero. A carry out of the significand goes to the exponent by itself.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static EmulatedReal Pack(ulong sign, int exponent, ulong significand)
    {
        ulong normal = (ulong)((long)(0 - exponent) >> 63) & (ulong)-(long)(significand >> 54);
        ulong up = (significand >> 1) & (significand | (significand >> 2)) & 1;
        ulong magnitude = ((ulong)(uint)(exponent - 1) << MantissaBits) + (significand >> 2) + up;
        return new(sign | (magnitude & normal));
    }

    /// <summary>Brings the leading one to bit 63.</summary>
    /// <returns>By how many places.</returns>
    private static int Normalise(ref ulong value)
    {
        int total = 0;
        for (int step = 32; step != 0; step >>= 1)
        {
            int empty = (int)IsZero(value >> (64 - step)) * step;
            value <<= empty;
            total += empty;
        }

        return total;
    }

    private static ulong ShiftRightSticky(ulong value, int count)
    {
        int clamped = count | ((63 - count) >> 31);
        return StickyShift(value, clamped & 63);
    }

    /// <summary>By 0 to 63 places; what drops out marks the lowest bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong StickyShift(ulong value, int count) => (value >> count) | (1 ^ IsZero((value << (63 - count)) << 1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong IsZero(ulong value) => 1 ^ ((value | (0 - value)) >> 63);
}
