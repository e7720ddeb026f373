using System.Runtime.CompilerServices;
using Qssh.Crypto.Signatures.Falcon;
using Xunit;

namespace Qssh.Tests.Crypto.Signatures.Falcon;

/// <summary>Both kinds of reals against the doubles of this machine, bit for bit.</summary>
public sealed class FalconRealTests
{
    private const int Runs = 100_000;

    private readonly Random _random = new(20200930);

    [Fact]
    public void Emulated_reals_are_those_of_the_processor() => Run<EmulatedReal>();

    [Fact]
    public void Native_reals_are_those_of_the_processor() => Run<NativeReal>();

    [Fact]
    public void Zeros_have_the_signs_of_the_standard()
    {
        double[] values = [0.0, -0.0, 1.0, -1.0, 1.5];
        foreach (double a in values)
        {
            foreach (double b in values)
                Binary<EmulatedReal>(a, b);
        }
    }

    private void Run<T>()
        where T : unmanaged, IFalconReal<T>
    {
        for (int i = 0; i < Runs; i++)
        {
            double a = Next();
            Binary<T>(a, Next());
            Unary<T>(a);
            long integer = _random.NextInt64(long.MinValue, long.MaxValue) >> _random.Next(64);
            Same("of", integer, 0, integer, T.FromInteger(integer));
        }
    }

    private static void Binary<T>(double a, double b)
        where T : unmanaged, IFalconReal<T>
    {
        T x = T.FromConstant(a);
        T y = T.FromConstant(b);
        Same("+", a, b, a + b, x + y);
        Same("-", a, b, a - b, x - y);
        Same("*", a, b, a * b, x * y);
        if (b != 0)
            Same("/", a, b, a / b, x / y);
        Assert.True(a < b == T.IsLess(x, y), $"{a:R} < {b:R}");
    }

    private static void Unary<T>(double a)
        where T : unmanaged, IFalconReal<T>
    {
        T x = T.FromConstant(a);
        Same("-", a, 0, -a, -x);
        Same("half", a, 0, a / 2, T.Half(x));
        Same("sqrt", Math.Abs(a), 0, Math.Sqrt(Math.Abs(a)), T.SquareRoot(T.FromConstant(Math.Abs(a))));
        if (Math.Abs(a) < 1L << 50)
        {
            Assert.True((long)Math.Round(a) == T.Round(x), $"round {a:R}");
            Assert.True((long)Math.Floor(a) == T.Floor(x), $"floor {a:R}");
        }

        if (Math.Abs(a) < 1L << 62)
            Assert.True((long)a == T.Truncate(x), $"truncate {a:R}");
    }

    private static void Same<T>(string operation, double a, double b, double expected, T actual)
        where T : unmanaged, IFalconReal<T> => Assert.True(
            BitConverter.DoubleToUInt64Bits(expected) == Unsafe.BitCast<T, ulong>(actual),
            $"{operation} of {a:R} and {b:R} is {expected:R}, not {BitConverter.UInt64BitsToDouble(Unsafe.BitCast<T, ulong>(actual)):R}");

    /// <summary>Small integers and halves, close and distant exponents, mantissas of few, of nearly all, and of random bits.</summary>
    private double Next() => _random.Next(6) switch
    {
        0 => _random.Next(-5, 6),
        1 => _random.Next(-1000, 1000) * 0.5,
        2 => (_random.NextDouble() - 0.5) * 100,
        3 => Compose(_random.NextInt64() & 0xFFFFFFFFFFFFF, 60),
        4 => Compose(0xFFFFFFFFFFFFF >> _random.Next(53), 3),
        _ => Compose(_random.Next(16), 3),
    };

    private double Compose(long mantissa, int range) => BitConverter.Int64BitsToDouble(
        mantissa | ((long)_random.Next(1023 - range, 1023 + range) << 52) | ((long)_random.Next(2) << 63));
}
