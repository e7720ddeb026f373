using System.Runtime.Intrinsics.X86;

namespace Qssh.Crypto.Curves;

/// <summary>The ladder two field operations at a time: (x2, z2) is one pair, (x3, z3) the other.</summary>
internal struct PairLadder : IMontgomeryLadder<PairLadder>
{
    private Field25519Pair _oneX1;
    private Field25519Pair _x2z2;
    private Field25519Pair _x3z3;
    private Field25519Pair _left;
    private Field25519Pair _right;
    private Field25519Pair _x11;

    public static bool IsSupported => Sse2.IsSupported;

    public static PairLadder Create(in Field25519 u) => new()
    {
        _oneX1 = Field25519Pair.Create(Field25519.One, u),
        _x2z2 = Field25519Pair.Create(Field25519.One, Field25519.Zero),
        _x3z3 = Field25519Pair.Create(u, Field25519.One),
    };

    public void Run(ReadOnlySpan<byte> clamped)
    {
        ulong swap = 0;
        for (int t = 254; t >= 0; t--)
        {
            ulong bit = (ulong)(clamped[t >> 3] >> (t & 7)) & 1;
            Field25519Pair.ConditionalSwap(swap ^ bit, ref _x2z2, ref _x3z3);
            swap = bit;
            Step();
        }

        Field25519Pair.ConditionalSwap(swap, ref _x2z2, ref _x3z3);
    }

    public void Finish(Span<byte> result)
    {
        Field25519Pair.SwapLanes(out _left, _x2z2);
        Invert();
        Field25519Pair.Multiply(out _left, _left, _x2z2);
        _left.Lower().Encode(result);
    }

    private void Step()
    {
        Field25519Pair.SumAndDifference(out _left, _x2z2); // (A, B)
        Field25519Pair.SumAndDifference(out _right, _x3z3); // (C, D)
        Field25519Pair.SwapLanes(out _right, _right);
        Field25519Pair.Multiply(out _x3z3, _left, _right); // (DA, CB)
        Field25519Pair.SumAndDifference(out _x3z3, _x3z3);
        Field25519Pair.Square(out _x3z3, _x3z3);
        Field25519Pair.Multiply(out _x3z3, _x3z3, _oneX1);
        Field25519Pair.Square(out _x2z2, _left); // (AA, BB)
        Field25519Pair.DoublingFactors(out _left, out _right, _x2z2, X25519.A24);
        Field25519Pair.Multiply(out _x2z2, _left, _right);
    }

    /// <summary>Raises to 2^255 - 21, which is p - 2: the inverse, and 0 for 0. Comments give the exponent reached.</summary>
    private void Invert()
    {
        Power(out _right, _left, 1); // 2
        Power(out _x3z3, _right, 2); // 8
        Field25519Pair.Multiply(out _x3z3, _x3z3, _left); // 9
        Field25519Pair.Multiply(out _x11, _x3z3, _right);
        Power(out _right, _x11, 1); // 22
        Field25519Pair.Multiply(out _left, _right, _x3z3); // 2^5 - 1
        Extend(out _right, _left, _left, 5); // 2^10 - 1
        Extend(out _left, _right, _right, 10); // 2^20 - 1
        Extend(out _left, _left, _left, 20); // 2^40 - 1
        Extend(out _right, _left, _right, 10); // 2^50 - 1
        Extend(out _left, _right, _right, 50); // 2^100 - 1
        Extend(out _left, _left, _left, 100); // 2^200 - 1
        Extend(out _left, _left, _right, 50); // 2^250 - 1
        Extend(out _left, _left, _x11, 5); // 2^255 - 32 + 11
    }

    /// <summary>x^(2^count) * y.</summary>
    private static void Extend(out Field25519Pair result, in Field25519Pair x, Field25519Pair y, int count)
    {
        Power(out result, x, count);
        Field25519Pair.Multiply(out result, result, y);
    }

    private static void Power(out Field25519Pair result, in Field25519Pair x, int count)
    {
        Field25519Pair.Square(out result, x);
        for (int i = 1; i < count; i++)
            Field25519Pair.Square(out result, result);
    }
}
