namespace Qssh.Crypto.Curves;

/// <summary>The ladder over 64-bit words: everywhere, and good where a word product is one or two instructions (Arm64).</summary>
internal struct PortableLadder : IMontgomeryLadder<PortableLadder>
{
    private Field25519 _x1;
    private Field25519 _x2;
    private Field25519 _z2;
    private Field25519 _x3;
    private Field25519 _z3;
    private Field25519 _a;
    private Field25519 _aa;
    private Field25519 _b;
    private Field25519 _bb;
    private Field25519 _c;
    private Field25519 _d;
    private Field25519 _e;

    public static PortableLadder Create(in Field25519 u) => new() { _x1 = u, _x2 = Field25519.One, _x3 = u, _z3 = Field25519.One };

    public void Run(ReadOnlySpan<byte> clamped)
    {
        ulong swap = 0;
        for (int t = 254; t >= 0; t--)
        {
            ulong bit = (ulong)(clamped[t >> 3] >> (t & 7)) & 1;
            swap ^= bit;
            Field25519.ConditionalSwap(swap, ref _x2, ref _x3);
            Field25519.ConditionalSwap(swap, ref _z2, ref _z3);
            swap = bit;
            Step();
        }

        Field25519.ConditionalSwap(swap, ref _x2, ref _x3);
        Field25519.ConditionalSwap(swap, ref _z2, ref _z3);
    }

    public void Finish(Span<byte> result)
    {
        Invert();
        Field25519.Multiply(out _x2, _x2, _z2);
        _x2.Encode(result);
    }

    private void Step()
    {
        Field25519.Add(out _a, _x2, _z2);
        Field25519.Subtract(out _b, _x2, _z2);
        Field25519.Add(out _c, _x3, _z3);
        Field25519.Subtract(out _d, _x3, _z3);
        Field25519.Multiply(out _d, _d, _a);
        Field25519.Multiply(out _c, _c, _b);
        Field25519.Square(out _aa, _a);
        Field25519.Square(out _bb, _b);
        Field25519.Add(out _x3, _d, _c);
        Field25519.Subtract(out _z3, _d, _c);
        Field25519.Square(out _x3, _x3);
        Field25519.Square(out _z3, _z3);
        Field25519.Multiply(out _z3, _z3, _x1);
        Field25519.Multiply(out _x2, _aa, _bb);
        Field25519.Subtract(out _e, _aa, _bb);
        Field25519.MultiplySmall(out _z2, _e, X25519.A24);
        Field25519.Add(out _z2, _z2, _aa);
        Field25519.Multiply(out _z2, _e, _z2);
    }

    /// <summary>z2 := z2^(2^255 - 21). Comments give the exponent reached.</summary>
    private void Invert()
    {
        _a = _z2;
        Power(out _b, _a, 1); // 2
        Power(out _c, _b, 2); // 8
        Field25519.Multiply(out _c, _c, _a); // 9
        Field25519.Multiply(out _d, _c, _b); // 11
        Power(out _e, _d, 1); // 22
        Field25519.Multiply(out _a, _e, _c); // 2^5 - 1
        Extend(out _b, _a, _a, 5); // 2^10 - 1
        Extend(out _c, _b, _b, 10); // 2^20 - 1
        Extend(out _e, _c, _c, 20); // 2^40 - 1
        Extend(out _b, _e, _b, 10); // 2^50 - 1
        Extend(out _c, _b, _b, 50); // 2^100 - 1
        Extend(out _e, _c, _c, 100); // 2^200 - 1
        Extend(out _b, _e, _b, 50); // 2^250 - 1
        Extend(out _z2, _b, _d, 5); // 2^255 - 32 + 11
    }

    /// <summary>x^(2^count) * y.</summary>
    private static void Extend(out Field25519 result, Field25519 x, Field25519 y, int count)
    {
        Power(out result, x, count);
        Field25519.Multiply(out result, result, y);
    }

    private static void Power(out Field25519 result, Field25519 x, int count)
    {
        Field25519.Square(out result, x);
        for (int i = 1; i < count; i++)
            Field25519.Square(out result, result);
    }
}
