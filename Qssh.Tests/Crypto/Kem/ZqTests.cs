using Qssh.Crypto.Hashes;
using Qssh.Crypto.Kem;
using Xunit;

namespace Qssh.Tests.Crypto.Kem;

/// <summary>The divisionless arithmetic against division, over whole domains.</summary>
public sealed class ZqTests
{
    private const int Q = MlKemParameters.Q;

    [Fact]
    public void Barrett_and_canonical_for_every_16_bit_value()
    {
        for (int a = short.MinValue; a <= short.MaxValue; a++)
        {
            int expected = ((a % Q) + Q) % Q;
            short reduced = Zq.BarrettReduce((short)a);
            Assert.True(reduced == expected || (reduced == Q && expected == 0 && a < 0), $"{a}");
            Assert.Equal(expected, Zq.Canonical((short)a));
        }
    }

    [Fact]
    public void Compression_is_the_rounded_quotient()
    {
        foreach (int d in new[] { 1, 4, 5, 10, 11 })
        {
            for (int x = 0; x < Q; x++)
                Assert.Equal((uint)Math.Round((double)(x << d) / Q, MidpointRounding.AwayFromZero) % (1u << d), Zq.Compress((uint)x, d));
            for (uint y = 0; y < 1u << d; y++)
            {
                Assert.Equal((short)Math.Round((double)(y * Q) / (1 << d), MidpointRounding.AwayFromZero), Zq.Decompress(y, d));
                Assert.Equal(y, Zq.Compress((uint)Zq.Decompress(y, d), d));
            }
        }
    }

    [Fact]
    public void Montgomery_reduction_divides_by_R()
    {
        for (long a = -(1L << 15) * Q; a <= (1L << 15) * Q; a += 7919)
        {
            short reduced = Zq.MontgomeryReduce((int)a);
            Assert.InRange(reduced, -Q + 1, Q - 1);
            Assert.Equal(0, ((reduced * 65536L) - a) % Q);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(11)]
    public void Decoding_then_encoding_gives_the_bytes(int d)
    {
        byte[] bytes = new byte[32 * d], again = new byte[32 * d];
        Shake128.Hash([(byte)d], bytes);
        short[] f = new short[MlKemParameters.N];
        ByteCoding.DecodeAndDecompress(bytes, d, f);
        ByteCoding.CompressAndEncode(f, d, again);
        Assert.Equal(bytes, again);
    }

    [Fact]
    public void Every_place_of_a_value_from_q_on_is_noticed()
    {
        short[] f = new short[MlKemParameters.N], g = new short[MlKemParameters.N];
        byte[] bytes = new byte[MlKemParameters.PolynomialSize];
        for (int i = 0; i < f.Length; i++)
        {
            f[i] = Q - 1;
            ByteCoding.ByteEncode12(f, bytes);
            Assert.True(ByteCoding.TryByteDecode12(bytes, g));
            Assert.Equal(f, g);
            f[i] = (short)(i % 2 == 0 ? Q : 4095);
            ByteCoding.ByteEncode12(f, bytes);
            Assert.False(ByteCoding.TryByteDecode12(bytes, g));
            f[i] = (short)(i * 13);
        }
    }

    [Fact]
    public void Binomial_sampling_is_algorithm_8()
    {
        byte[] bytes = new byte[128];
        Shake256.Hash([8], bytes);
        short[] f = new short[MlKemParameters.N];
        Sampling.SamplePolyCbd(bytes, f);
        for (int i = 0; i < f.Length; i++)
        {
            int Bit(int j) => (bytes[j / 8] >> (j % 8)) & 1;
            Assert.Equal(Bit(4 * i) + Bit((4 * i) + 1) - Bit((4 * i) + 2) - Bit((4 * i) + 3), f[i]);
        }
    }
}
