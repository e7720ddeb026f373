using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Lanes = System.Runtime.Intrinsics.Vector128<ulong>;

namespace Qssh.Crypto.Curves;

/// <summary>
/// Two integers modulo p = 2^255 - 19, side by side in the two lanes of ten vectors: limb i has the weight 2^ceil(25.5 i).
/// PMULUDQ, which every x86-64 has, then does two products at a time; MULX, which not every one has, is not needed.
/// "Tight" means even limbs below 2^26 + 2^13 and odd ones below 2^25 + 2^17, what a product leaves; "loose" means below 2^27.6,
/// what one sum or difference of tight values leaves and a product accepts.
/// </summary>
[InlineArray(Limbs)]
internal struct Field25519Pair
{
    private const int Limbs = 10;
    private const int EvenBits = 26;
    private const int OddBits = 25;
    private const ulong EvenMask = (1UL << EvenBits) - 1;
    private const ulong OddMask = (1UL << OddBits) - 1;

    private Lanes _limb;

    private static Lanes Nineteen => Vector128.Create(19UL);

    /// <summary>Lane 0 and lane 1, tight.</summary>
    public static Field25519Pair Create(in Field25519 lane0, in Field25519 lane1)
    {
        Field25519Pair pair = default;
        for (int i = 0; i < Limbs / 2; i++)
        {
            Lanes limb = Vector128.Create(lane0.Limb(i), lane1.Limb(i));
            pair[2 * i] = limb & Vector128.Create(EvenMask);
            pair[(2 * i) + 1] = limb >>> EvenBits;
        }

        return pair;
    }

    /// <summary>Lane 0 of a tight value, each limb below 2^52.</summary>
    public readonly Field25519 Lower() => new(
        this[0][0] + (this[1][0] << EvenBits),
        this[2][0] + (this[3][0] << EvenBits),
        this[4][0] + (this[5][0] << EvenBits),
        this[6][0] + (this[7][0] << EvenBits),
        this[8][0] + (this[9][0] << EvenBits));

    /// <summary>Tight operand (a, b); loose result (a + b, a - b). 2p is added limb by limb so that nothing gets negative.</summary>
    public static void SumAndDifference(out Field25519Pair result, in Field25519Pair x)
    {
        Unsafe.SkipInit(out result);
        for (int i = 0; i < Limbs; i++)
            result[i] = Low(x[i]) + (High(x[i]) ^ UpperLane) + NegationBias(i);
    }

    /// <summary>(b, a) of (a, b).</summary>
    public static void SwapLanes(out Field25519Pair result, in Field25519Pair x)
    {
        Unsafe.SkipInit(out result);
        for (int i = 0; i < Limbs; i++)
            result[i] = Sse2.Shuffle(x[i].AsUInt32(), 0b01_00_11_10).AsUInt64();
    }

    /// <summary>
    /// The factors of the doubling in RFC 7748, section 5: of tight (AA, BB) the loose (BB, E) and (AA, AA + a24 E) with
    /// E = AA - BB.
    /// </summary>
    public static void DoublingFactors(out Field25519Pair left, out Field25519Pair right, in Field25519Pair x, uint a24)
    {
        Unsafe.SkipInit(out left);
        Field25519Pair scaled = default;
        Lanes factor = Vector128.Create(0UL, a24);
        for (int i = 0; i < Limbs; i++)
        {
            Lanes aa = Low(x[i]);
            Lanes limb = (aa & UpperLane) + (High(x[i]) ^ UpperLane) + NegationBias(i);
            left[i] = limb;
            scaled[i] = aa + P(limb, factor); // below 2^44.6
        }

        Reduce(out right, scaled[0], scaled[1], scaled[2], scaled[3], scaled[4], scaled[5], scaled[6], scaled[7], scaled[8], scaled[9]);
    }

    /// <summary>Swaps if <paramref name="swap"/> is 1, does nothing if 0, in the same time (RFC 7748, section 5, cswap).</summary>
    public static void ConditionalSwap(ulong swap, ref Field25519Pair x, ref Field25519Pair y)
    {
        Lanes mask = Vector128.Create(0 - swap);
        for (int i = 0; i < Limbs; i++)
        {
            Lanes difference = mask & (x[i] ^ y[i]);
            x[i] ^= difference;
            y[i] ^= difference;
        }
    }

    /// <summary>Loose operands, tight products, lane by lane. The result may be one of the operands.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(out Field25519Pair product, in Field25519Pair f, in Field25519Pair g)
    {
        Lanes f0 = f[0], f1 = f[1], f2 = f[2], f3 = f[3], f4 = f[4], f5 = f[5], f6 = f[6], f7 = f[7], f8 = f[8], f9 = f[9];
        Lanes g0 = g[0], g1 = g[1], g2 = g[2], g3 = g[3], g4 = g[4], g5 = g[5], g6 = g[6], g7 = g[7], g8 = g[8], g9 = g[9];
        Lanes d1 = f1 + f1, d3 = f3 + f3, d5 = f5 + f5, d7 = f7 + f7, d9 = f9 + f9;
        Lanes n1 = P(g1, Nineteen), n2 = P(g2, Nineteen), n3 = P(g3, Nineteen), n4 = P(g4, Nineteen), n5 = P(g5, Nineteen);
        Lanes n6 = P(g6, Nineteen), n7 = P(g7, Nineteen), n8 = P(g8, Nineteen), n9 = P(g9, Nineteen);
        Lanes h0 = P(f0, g0) + P(d1, n9) + P(f2, n8) + P(d3, n7) + P(f4, n6) + P(d5, n5) + P(f6, n4) + P(d7, n3) + P(f8, n2) + P(d9, n1);
        Lanes h1 = P(f0, g1) + P(f1, g0) + P(f2, n9) + P(f3, n8) + P(f4, n7) + P(f5, n6) + P(f6, n5) + P(f7, n4) + P(f8, n3) + P(f9, n2);
        Lanes h2 = P(f0, g2) + P(d1, g1) + P(f2, g0) + P(d3, n9) + P(f4, n8) + P(d5, n7) + P(f6, n6) + P(d7, n5) + P(f8, n4) + P(d9, n3);
        Lanes h3 = P(f0, g3) + P(f1, g2) + P(f2, g1) + P(f3, g0) + P(f4, n9) + P(f5, n8) + P(f6, n7) + P(f7, n6) + P(f8, n5) + P(f9, n4);
        Lanes h4 = P(f0, g4) + P(d1, g3) + P(f2, g2) + P(d3, g1) + P(f4, g0) + P(d5, n9) + P(f6, n8) + P(d7, n7) + P(f8, n6) + P(d9, n5);
        Lanes h5 = P(f0, g5) + P(f1, g4) + P(f2, g3) + P(f3, g2) + P(f4, g1) + P(f5, g0) + P(f6, n9) + P(f7, n8) + P(f8, n7) + P(f9, n6);
        Lanes h6 = P(f0, g6) + P(d1, g5) + P(f2, g4) + P(d3, g3) + P(f4, g2) + P(d5, g1) + P(f6, g0) + P(d7, n9) + P(f8, n8) + P(d9, n7);
        Lanes h7 = P(f0, g7) + P(f1, g6) + P(f2, g5) + P(f3, g4) + P(f4, g3) + P(f5, g2) + P(f6, g1) + P(f7, g0) + P(f8, n9) + P(f9, n8);
        Lanes h8 = P(f0, g8) + P(d1, g7) + P(f2, g6) + P(d3, g5) + P(f4, g4) + P(d5, g3) + P(f6, g2) + P(d7, g1) + P(f8, g0) + P(d9, n9);
        Lanes h9 = P(f0, g9) + P(f1, g8) + P(f2, g7) + P(f3, g6) + P(f4, g5) + P(f5, g4) + P(f6, g3) + P(f7, g2) + P(f8, g1) + P(f9, g0);
        Reduce(out product, h0, h1, h2, h3, h4, h5, h6, h7, h8, h9);
    }

    /// <summary>Loose operands, tight squares, lane by lane. The result may be the operand.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Square(out Field25519Pair square, in Field25519Pair f)
    {
        Lanes f0 = f[0], f1 = f[1], f2 = f[2], f3 = f[3], f4 = f[4], f5 = f[5], f6 = f[6], f7 = f[7], f8 = f[8], f9 = f[9];
        Lanes d0 = f0 + f0, d1 = f1 + f1, d2 = f2 + f2, d3 = f3 + f3, d4 = f4 + f4;
        Lanes d5 = f5 + f5, d6 = f6 + f6, d7 = f7 + f7, d8 = f8 + f8, d9 = f9 + f9;
        Lanes q1 = d1 + d1, q3 = d3 + d3, q5 = d5 + d5, q7 = d7 + d7;
        Lanes n5 = P(f5, Nineteen), n6 = P(f6, Nineteen), n7 = P(f7, Nineteen), n8 = P(f8, Nineteen), n9 = P(f9, Nineteen);
        Lanes h0 = P(f0, f0) + P(q1, n9) + P(d2, n8) + P(q3, n7) + P(d4, n6) + P(d5, n5);
        Lanes h1 = P(d0, f1) + P(d2, n9) + P(d3, n8) + P(d4, n7) + P(d5, n6);
        Lanes h2 = P(d0, f2) + P(d1, f1) + P(q3, n9) + P(d4, n8) + P(q5, n7) + P(f6, n6);
        Lanes h3 = P(d0, f3) + P(d1, f2) + P(d4, n9) + P(d5, n8) + P(d6, n7);
        Lanes h4 = P(d0, f4) + P(q1, f3) + P(f2, f2) + P(q5, n9) + P(d6, n8) + P(d7, n7);
        Lanes h5 = P(d0, f5) + P(d1, f4) + P(d2, f3) + P(d6, n9) + P(d7, n8);
        Lanes h6 = P(d0, f6) + P(q1, f5) + P(d2, f4) + P(d3, f3) + P(q7, n9) + P(f8, n8);
        Lanes h7 = P(d0, f7) + P(d1, f6) + P(d2, f5) + P(d3, f4) + P(d8, n9);
        Lanes h8 = P(d0, f8) + P(q1, f7) + P(d2, f6) + P(q3, f5) + P(f4, f4) + P(d9, n9);
        Lanes h9 = P(d0, f9) + P(d1, f8) + P(d2, f7) + P(d3, f6) + P(d4, f5);
        Reduce(out square, h0, h1, h2, h3, h4, h5, h6, h7, h8, h9);
    }

    /// <summary>
    /// Two carry chains at once, from limbs 0 and 5. With loose factors a column is below 267 * 2^55.2 &lt; 2^63.3 (19 times 2 at most
    /// for each of ten products), so that no carry exceeds 2^38.4 and 19 times the last is below 2^43; the second carries out of
    /// limbs 0 and 5 are then below 2^17 and 2^13.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Reduce(out Field25519Pair r, Lanes h0, Lanes h1, Lanes h2, Lanes h3, Lanes h4, Lanes h5, Lanes h6, Lanes h7, Lanes h8, Lanes h9)
    {
        Unsafe.SkipInit(out r);
        Lanes even = Vector128.Create(EvenMask), odd = Vector128.Create(OddMask);
        h1 += h0 >>> EvenBits;
        h6 += h5 >>> OddBits;
        h2 += h1 >>> OddBits;
        h7 += h6 >>> EvenBits;
        h3 += h2 >>> EvenBits;
        h8 += h7 >>> OddBits;
        h4 += h3 >>> OddBits;
        h9 += h8 >>> EvenBits;
        Lanes carry = h9 >>> OddBits;
        h5 = (h5 & odd) + (h4 >>> EvenBits);
        h0 = (h0 & even) + carry + (carry << 1) + (carry << 4);
        r[0] = h0 & even;
        r[1] = (h1 & odd) + (h0 >>> EvenBits);
        r[2] = h2 & even;
        r[3] = h3 & odd;
        r[4] = h4 & even;
        r[5] = h5 & odd;
        r[6] = (h6 & even) + (h5 >>> OddBits);
        r[7] = h7 & odd;
        r[8] = h8 & even;
        r[9] = h9 & odd;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes P(Lanes x, Lanes y) => Sse2.Multiply(x.AsUInt32(), y.AsUInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes Low(Lanes x) => Sse2.UnpackLow(x, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes High(Lanes x) => Sse2.UnpackHigh(x, x);

    private static Lanes UpperLane => Vector128.Create(0, ulong.MaxValue);

    /// <summary>Limb i of 2p, and 1 to complete the negation by complement; upper lane only.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes NegationBias(int i) =>
        Vector128.Create(0, i == 0 ? (2 * EvenMask) - 36 + 1 : ((i & 1) == 0 ? 2 * EvenMask : 2 * OddMask) + 1);
}
