using Qssh.Crypto.Hashes;
using Qssh.Crypto.Kem;
using Xunit;

namespace Qssh.Tests.Crypto.Kem;

/// <summary>Both implementations of the transform against the definitions of FIPS 203, section 4.3.</summary>
public sealed class NttTests
{
    private const int N = MlKemParameters.N;
    private const int Q = MlKemParameters.Q;
    private const int R = 1 << 16;

    private delegate void Transform(Span<short> f);

    private delegate void Product(ReadOnlySpan<short> f, int stride, ReadOnlySpan<short> g, Span<short> h);

    [Fact]
    public void Constants_are_powers_of_17()
    {
        for (int i = 0; i < 128; i++)
        {
            Assert.Equal(Centre(Power(17, BitReverse7(i)) * (long)R), NttConstants.Zetas[i]);
            Assert.Equal(Centre(Power(17, (2 * BitReverse7(i)) + 1) * (long)R), NttConstants.Gammas[i]);
            Assert.Equal((short)(NttConstants.Zetas[i] * Zq.QInverse), NttConstants.ZetasScaled[i]);
            Assert.Equal((short)(NttConstants.Gammas[i] * Zq.QInverse), NttConstants.GammasScaled[i]);
        }

        Assert.Equal(1, unchecked((short)(Q * Zq.QInverse)));
        Assert.Equal(0, (((long)R * R) - Zq.RSquared) % Q);
        Assert.Equal(0, ((Zq.RSquaredBy128 * 128) - Zq.RSquared) % Q);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Forward_is_algorithm_9(bool vector)
    {
        if (vector && !VectorNtt.IsSupported)
            Assert.Skip("no vectors here");
        Transform forward = vector ? VectorNtt.Forward : PortableNtt.Forward;
        for (int seed = 0; seed < 20; seed++)
        {
            short[] f = Polynomial(seed, Q - 1);
            short[] expected = Reference(f);
            forward(f);
            Assert.All(f, coefficient => Assert.InRange(coefficient, 0, Q));
            Assert.Equal(expected, f.Select(Modulo));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Inverse_undoes_forward_up_to_R(bool vector)
    {
        if (vector && !VectorNtt.IsSupported)
            Assert.Skip("no vectors here");
        Transform forward = vector ? VectorNtt.Forward : PortableNtt.Forward;
        Transform inverse = vector ? VectorNtt.Inverse : PortableNtt.Inverse;
        for (int seed = 0; seed < 20; seed++)
        {
            short[] f = Polynomial(seed, Q - 1);
            short[] expected = [.. f.Select(x => (short)(((((long)x * R) % Q) + Q) % Q))];
            forward(f);
            for (int i = 0; i < N; i++)
                f[i] += (short)(Q * ((seed % 7) - 3)); // up to the bound of the contract
            inverse(f);
            Assert.All(f, coefficient => Assert.InRange(coefficient, -Q + 1, Q - 1));
            Assert.Equal(expected, f.Select(Modulo));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Inner_product_is_the_product_in_the_ring(bool vector)
    {
        if (vector && !VectorNtt.IsSupported)
            Assert.Skip("no vectors here");
        Transform forward = vector ? VectorNtt.Forward : PortableNtt.Forward;
        Transform inverse = vector ? VectorNtt.Inverse : PortableNtt.Inverse;
        Product product = vector ? VectorNtt.InnerProduct : PortableNtt.InnerProduct;
        short[] f = new short[4 * 2 * N], g = new short[4 * N], h = new short[N];
        long[] expected = new long[N];
        for (int term = 0; term < 4; term++)
        {
            short[] a = Polynomial(term, Q - 1), b = Polynomial(100 + term, Q - 1);
            AddSchoolbook(a, b, expected);
            forward(a);
            forward(b);
            a.CopyTo(f, term * 2 * N);
            b.CopyTo(g, term * N);
        }

        product(f, 2 * N, g, h);
        inverse(h);
        Assert.Equal(expected.Select(x => (short)(((x % Q) + Q) % Q)), h.Select(Modulo));
    }

    [Fact]
    public void Extreme_coefficients_do_not_overflow()
    {
        short[] high = new short[4 * N], a = new short[N], b = new short[N];
        Array.Fill(high, (short)Q);
        Ntt.InnerProduct(high, N, high, a);
        PortableNtt.InnerProduct(high, N, high, b);
        Assert.Equal(b.Select(Modulo), a.Select(Modulo));
        Ntt.Inverse(a);
        PortableNtt.Inverse(b);
        Assert.Equal(b.Select(Modulo), a.Select(Modulo));
    }

    private static short[] Reference(short[] f)
    {
        // The definition: remainders of f modulo X^2 - 17^(2 BitRev7(i) + 1).
        short[] result = new short[N];
        for (int i = 0; i < 128; i++)
        {
            long gamma = Power(17, (2 * BitReverse7(i)) + 1), power = 1, even = 0, odd = 0;
            for (int j = 0; j < N; j += 2)
            {
                even = (even + (f[j] * power)) % Q;
                odd = (odd + (f[j + 1] * power)) % Q;
                power = power * gamma % Q;
            }

            result[2 * i] = (short)((even + Q) % Q);
            result[(2 * i) + 1] = (short)((odd + Q) % Q);
        }

        return result;
    }

    private static void AddSchoolbook(short[] a, short[] b, long[] sum)
    {
        for (int i = 0; i < N; i++)
        {
            for (int j = 0; j < N; j++)
                sum[(i + j) % N] += i + j < N ? a[i] * b[j] : -(a[i] * b[j]);
        }
    }

    /// <summary>Coefficients from -limit to limit.</summary>
    private static short[] Polynomial(int seed, int limit)
    {
        byte[] bytes = new byte[4 * N];
        Shake128.Hash([(byte)seed], bytes);
        short[] f = new short[N];
        for (int i = 0; i < N; i++)
            f[i] = (short)((BitConverter.ToUInt32(bytes, 4 * i) % (uint)((2 * limit) + 1)) - limit);
        return f;
    }

    private static short Modulo(short x) => (short)(((x % Q) + Q) % Q);

    private static short Centre(long x) => (short)(x % Q > Q / 2 ? (x % Q) - Q : x % Q);

    private static int Power(int value, int exponent)
    {
        int result = 1;
        for (int i = 0; i < exponent; i++)
            result = result * value % Q;
        return result;
    }

    private static int BitReverse7(int i)
    {
        int result = 0;
        for (int bit = 0; bit < 7; bit++)
            result |= ((i >> bit) & 1) << (6 - bit);
        return result;
    }
}
