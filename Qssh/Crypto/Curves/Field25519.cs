using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Qssh.Crypto.Curves;

/// <summary>
/// An integer modulo p = 2^255 - 19 as five limbs of radix 2^51. "Tight" means every limb below 2^51 + 2^15, what a product
/// leaves; "loose" means below 2^53, what one addition or subtraction of tight values leaves and a product accepts.
/// </summary>
internal struct Field25519
{
    private const int LimbBits = 51;
    private const ulong LimbMask = (1UL << LimbBits) - 1;

    // The left factor of a word product is shifted up so that the product splits at bit 53: sums of the halves then need no carry.
    private const int SplitShift = 64 - 53;
    private const int SplitScale = 4; // 2^53 / 2^51

    private ulong _l0;
    private ulong _l1;
    private ulong _l2;
    private ulong _l3;
    private ulong _l4;

    public Field25519(ulong l0, ulong l1, ulong l2, ulong l3, ulong l4) => (_l0, _l1, _l2, _l3, _l4) = (l0, l1, l2, l3, l4);

    public static Field25519 One => new() { _l0 = 1 };

    public static Field25519 Zero => default;

    /// <summary>RFC 7748, section 5: little-endian, the top bit is ignored, values from p on are taken modulo p.</summary>
    public static Field25519 Decode(ReadOnlySpan<byte> bytes)
    {
        ulong w0 = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        ulong w1 = BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]);
        ulong w2 = BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]);
        ulong w3 = BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]);
        return new Field25519
        {
            _l0 = w0 & LimbMask,
            _l1 = ((w0 >> 51) | (w1 << 13)) & LimbMask,
            _l2 = ((w1 >> 38) | (w2 << 26)) & LimbMask,
            _l3 = ((w2 >> 25) | (w3 << 39)) & LimbMask,
            _l4 = (w3 >> 12) & LimbMask,
        };
    }

    public readonly ulong Limb(int index) => index switch { 0 => _l0, 1 => _l1, 2 => _l2, 3 => _l3, _ => _l4 };

    /// <summary>The one encoding below p. Expects limbs below 2^52.</summary>
    public readonly void Encode(Span<byte> bytes)
    {
        Field25519 x = this;
        x.Carry();
        // x < 2p now; quotient is 1 exactly if x + 19 reaches 2^255, that is if x >= p.
        ulong quotient = (x._l0 + 19) >> LimbBits;
        quotient = (x._l1 + quotient) >> LimbBits;
        quotient = (x._l2 + quotient) >> LimbBits;
        quotient = (x._l3 + quotient) >> LimbBits;
        quotient = (x._l4 + quotient) >> LimbBits;
        x._l0 += 19 * quotient;
        x._l1 += x._l0 >> LimbBits;
        x._l2 += x._l1 >> LimbBits;
        x._l3 += x._l2 >> LimbBits;
        x._l4 += x._l3 >> LimbBits;
        ulong l0 = x._l0 & LimbMask, l1 = x._l1 & LimbMask, l2 = x._l2 & LimbMask, l3 = x._l3 & LimbMask, l4 = x._l4 & LimbMask;
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, l0 | (l1 << 51));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], (l1 >> 13) | (l2 << 38));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[16..], (l2 >> 26) | (l3 << 25));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[24..], (l3 >> 39) | (l4 << 12));
    }

    /// <summary>Tight operands, loose sum (below 2^52.1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(out Field25519 sum, in Field25519 x, in Field25519 y)
    {
        sum._l0 = x._l0 + y._l0;
        sum._l1 = x._l1 + y._l1;
        sum._l2 = x._l2 + y._l2;
        sum._l3 = x._l3 + y._l3;
        sum._l4 = x._l4 + y._l4;
    }

    /// <summary>Tight operands, loose difference: 2p is added limb by limb, each limb of 2p being above any tight limb.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Subtract(out Field25519 difference, in Field25519 x, in Field25519 y)
    {
        difference._l0 = x._l0 + ((2 * LimbMask) - 36) - y._l0;
        difference._l1 = x._l1 + (2 * LimbMask) - y._l1;
        difference._l2 = x._l2 + (2 * LimbMask) - y._l2;
        difference._l3 = x._l3 + (2 * LimbMask) - y._l3;
        difference._l4 = x._l4 + (2 * LimbMask) - y._l4;
    }

    /// <summary>Loose operands, tight product. The result may be one of the operands.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(out Field25519 product, in Field25519 x, in Field25519 y)
    {
        ulong y0 = y._l0, y1 = y._l1, y2 = y._l2, y3 = y._l3, y4 = y._l4;
        ulong w1 = 19 * y1, w2 = 19 * y2, w3 = 19 * y3, w4 = 19 * y4;
        Columns c = default;
        AddRow(ref c, x._l0 << SplitShift, y0, y1, y2, y3, y4);
        AddRow(ref c, x._l1 << SplitShift, w4, y0, y1, y2, y3);
        AddRow(ref c, x._l2 << SplitShift, w3, w4, y0, y1, y2);
        AddRow(ref c, x._l3 << SplitShift, w2, w3, w4, y0, y1);
        AddRow(ref c, x._l4 << SplitShift, w1, w2, w3, w4, y0);
        c.Reduce(out product);
    }

    /// <summary>Loose operand, tight square. The result may be the operand.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Square(out Field25519 square, in Field25519 x)
    {
        ulong x0 = x._l0, x1 = x._l1, x2 = x._l2, x3 = x._l3, x4 = x._l4;
        ulong s0 = x0 << SplitShift, s1 = x1 << SplitShift, s2 = x2 << SplitShift, s3 = x3 << SplitShift, s4 = x4 << SplitShift;
        Columns c = default;
        AddTerm(ref c.Low0, ref c.High0, s0, x0);
        AddTerm(ref c.Low0, ref c.High0, s1, 38 * x4);
        AddTerm(ref c.Low0, ref c.High0, s2, 38 * x3);
        AddTerm(ref c.Low1, ref c.High1, s0, 2 * x1);
        AddTerm(ref c.Low1, ref c.High1, s2, 38 * x4);
        AddTerm(ref c.Low1, ref c.High1, s3, 19 * x3);
        AddTerm(ref c.Low2, ref c.High2, s0, 2 * x2);
        AddTerm(ref c.Low2, ref c.High2, s1, x1);
        AddTerm(ref c.Low2, ref c.High2, s3, 38 * x4);
        AddTerm(ref c.Low3, ref c.High3, s0, 2 * x3);
        AddTerm(ref c.Low3, ref c.High3, s1, 2 * x2);
        AddTerm(ref c.Low3, ref c.High3, s4, 19 * x4);
        AddTerm(ref c.Low4, ref c.High4, s0, 2 * x4);
        AddTerm(ref c.Low4, ref c.High4, s1, 2 * x3);
        AddTerm(ref c.Low4, ref c.High4, s2, x2);
        c.Reduce(out square);
    }

    /// <summary>Loose operand, tight product with a word below 2^32.</summary>
    public static void MultiplySmall(out Field25519 product, in Field25519 x, uint factor)
    {
        Columns c = default;
        AddTerm(ref c.Low0, ref c.High0, x._l0 << SplitShift, factor);
        AddTerm(ref c.Low1, ref c.High1, x._l1 << SplitShift, factor);
        AddTerm(ref c.Low2, ref c.High2, x._l2 << SplitShift, factor);
        AddTerm(ref c.Low3, ref c.High3, x._l3 << SplitShift, factor);
        AddTerm(ref c.Low4, ref c.High4, x._l4 << SplitShift, factor);
        c.Reduce(out product);
    }

    /// <summary>Swaps if <paramref name="swap"/> is 1, does nothing if 0, in the same time (RFC 7748, section 5, cswap).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ConditionalSwap(ulong swap, ref Field25519 x, ref Field25519 y)
    {
        ulong mask = 0 - swap;
        SwapLimb(mask, ref x._l0, ref y._l0);
        SwapLimb(mask, ref x._l1, ref y._l1);
        SwapLimb(mask, ref x._l2, ref y._l2);
        SwapLimb(mask, ref x._l3, ref y._l3);
        SwapLimb(mask, ref x._l4, ref y._l4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SwapLimb(ulong mask, ref ulong x, ref ulong y)
    {
        ulong difference = mask & (x ^ y);
        x ^= difference;
        y ^= difference;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow(ref Columns c, ulong x, ulong y0, ulong y1, ulong y2, ulong y3, ulong y4)
    {
        AddTerm(ref c.Low0, ref c.High0, x, y0);
        AddTerm(ref c.Low1, ref c.High1, x, y1);
        AddTerm(ref c.Low2, ref c.High2, x, y2);
        AddTerm(ref c.Low3, ref c.High3, x, y3);
        AddTerm(ref c.Low4, ref c.High4, x, y4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTerm(ref ulong low, ref ulong high, ulong shifted, ulong factor)
    {
        high += Math.BigMul(shifted, factor, out ulong lower);
        low += lower >> SplitShift;
    }

    private void Carry()
    {
        _l1 += _l0 >> LimbBits;
        _l2 += _l1 >> LimbBits;
        _l3 += _l2 >> LimbBits;
        _l4 += _l3 >> LimbBits;
        _l0 = (_l0 & LimbMask) + (19 * (_l4 >> LimbBits));
        _l1 &= LimbMask;
        _l2 &= LimbMask;
        _l3 &= LimbMask;
        _l4 &= LimbMask;
    }

    /// <summary>
    /// Sums of word products: column i stands for (Low + 2^53 High) 2^(51 i). With a loose left factor and a right factor below
    /// 19 * 2^53.6, High is below 5 * 2^57.9 &lt; 2^60.3 and Low below 5 * 2^53 &lt; 2^55.4. In column 4 no factor 19 occurs, so High
    /// is below 2^56. Every limb before the carries is therefore below 2^55.4 + 4 * 2^60.3 (or 76 * 2^56) &lt; 2^63.
    /// </summary>
    private struct Columns
    {
        public ulong Low0;
        public ulong Low1;
        public ulong Low2;
        public ulong Low3;
        public ulong Low4;
        public ulong High0;
        public ulong High1;
        public ulong High2;
        public ulong High3;
        public ulong High4;

        /// <summary>One carry pass: no carry exceeds 2^12, its last one times 19 is below 2^17, hence the second step for limb 0.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Reduce(out Field25519 result)
        {
            ulong r0 = Low0 + (19 * SplitScale * High4);
            ulong r1 = Low1 + (SplitScale * High0) + (r0 >> LimbBits);
            ulong r2 = Low2 + (SplitScale * High1) + (r1 >> LimbBits);
            ulong r3 = Low3 + (SplitScale * High2) + (r2 >> LimbBits);
            ulong r4 = Low4 + (SplitScale * High3) + (r3 >> LimbBits);
            r0 = (r0 & LimbMask) + (19 * (r4 >> LimbBits));
            result._l0 = r0 & LimbMask;
            result._l1 = (r1 & LimbMask) + (r0 >> LimbBits);
            result._l2 = r2 & LimbMask;
            result._l3 = r3 & LimbMask;
            result._l4 = r4 & LimbMask;
        }
    }
}
