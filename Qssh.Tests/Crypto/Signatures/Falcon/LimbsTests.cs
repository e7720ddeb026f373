using System.Numerics;
using Qssh.Crypto.Signatures.Falcon;
using Xunit;

namespace Qssh.Tests.Crypto.Signatures.Falcon;

/// <summary>The big integers of key generation against those of the platform.</summary>
public sealed class LimbsTests
{
    private readonly Random _random = new(31);

    [Fact]
    public void The_primes_are_primes_with_roots_of_unity()
    {
        Assert.Equal(308, SmallPrimes.All.Length);
        for (int i = 0; i < SmallPrimes.All.Length; i++)
        {
            SmallPrime prime = SmallPrimes.All[i];
            Assert.Equal(1u, prime.P % 2048);
            for (uint divisor = 3; divisor * divisor <= prime.P && divisor < 3000; divisor += 2)
                Assert.NotEqual(0u, prime.P % divisor);
            Assert.True(BigInteger.ModPow(3, prime.P - 1, prime.P).IsOne);
            Assert.Equal(prime.P - prime.One, prime.Power(SmallPrimes.Roots[i], 1024));
            if (i > 0)
                Assert.True(prime.P < SmallPrimes.All[i - 1].P);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(53)]
    public void Residues_rebuild_the_integers(int length)
    {
        BigInteger product = SmallPrimes.All[..length].Aggregate(BigInteger.One, (x, prime) => x * prime.P);
        BigInteger[] values = [0, 1, -1, product / 2, -(product / 2), Signed(length, product), Signed(length, product), Signed(length, product)];
        using BigPolynomial polynomial = new(values.Length, length);
        for (int index = 0; index < length; index++)
        {
            uint p = SmallPrimes.All[index].P;
            polynomial.SetResidues(index, [.. values.Select(x => (uint)(((x % p) + p) % p))]);
        }

        polynomial.Rebuild(signed: true);
        for (int i = 0; i < values.Length; i++)
        {
            Assert.Equal(values[i], ToInteger(polynomial[i]));
            Assert.Equal((double)values[i], ToDouble(polynomial[i]), Math.Abs((double)values[i]) * 1e-15);
        }

        uint[] residues = new uint[values.Length];
        SmallPrime other = SmallPrimes.All[^1];
        polynomial.Reduce(other, residues);
        Assert.Equal(values.Select(x => (uint)(((x % other.P) + other.P) % other.P)), residues);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 17)]
    [InlineData(2, 30)]
    [InlineData(4, 1)]
    public void A_scaled_product_is_added_within_the_length(int limbs, int bits)
    {
        for (int i = 0; i < 200; i++)
        {
            uint[] x = Random(9);
            uint[] y = Random(4);
            int factor = _random.Next(int.MinValue + 1, int.MaxValue);
            BigInteger expected = ToInteger(x) + (ToInteger(y) * factor << ((Limbs.Bits * limbs) + bits));
            Limbs.AddScaledProduct(x, y, factor, limbs, bits);
            Assert.True(((expected - ToInteger(x)) % (BigInteger.One << (Limbs.Bits * x.Length))).IsZero);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(27)]
    [InlineData(209)]
    public void The_greatest_common_divisor_comes_with_its_factors(int length)
    {
        for (int i = 0; i < 30; i++)
        {
            uint[] x = Random(length);
            uint[] y = Random(length);
            x[^1] >>= 1 + _random.Next(30);
            y[^1] >>= 1 + _random.Next(30);
            x[0] |= 3;
            y[0] |= _random.Next(4) == 0 ? 2u : 3u;
            uint[] u = new uint[length];
            uint[] v = new uint[length];
            BigInteger a = ToInteger(x);
            BigInteger b = ToInteger(y);
            bool expected = !b.IsEven && BigInteger.GreatestCommonDivisor(a, b).IsOne;
            Assert.Equal(expected, LimbsGcd.TryBezout(x, y, u, v));
            if (expected)
            {
                Assert.Equal(BigInteger.One, (a * Unsigned(u)) - (b * Unsigned(v)));
                Assert.True(Unsigned(u) < b && Unsigned(v) < a);
            }
        }
    }

    private uint[] Random(int length)
    {
        uint[] x = new uint[length];
        foreach (ref uint limb in x.AsSpan())
            limb = (uint)_random.NextInt64() & Limbs.Mask;
        return x;
    }

    private BigInteger Signed(int length, BigInteger modulus) => (ToInteger(Random(length + 1)) % modulus) / 2;

    private static BigInteger Unsigned(ReadOnlySpan<uint> x)
    {
        BigInteger value = 0;
        for (int i = x.Length - 1; i >= 0; i--)
            value = (value << Limbs.Bits) + x[i];
        return value;
    }

    private static BigInteger ToInteger(ReadOnlySpan<uint> x) =>
        Unsigned(x) - (Limbs.SignBit(x) == 1 ? BigInteger.One << (Limbs.Bits * x.Length) : 0);

    private static unsafe double ToDouble(ReadOnlySpan<uint> x)
    {
        if (x.Length > 30)
            return (double)ToInteger(x);
        NativeReal real = Limbs.ToReal<NativeReal>(x);
        return *(double*)&real;
    }
}
