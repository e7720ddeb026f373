using Qssh.Crypto.Signatures.MlDsa;
using Xunit;

namespace Qssh.Tests.Crypto.Signatures.MlDsa;

/// <summary>Decoding of untrusted bytes: nothing but the one encoding of a hint is accepted, and nothing throws.</summary>
public sealed class MlDsaEncodingTests
{
    private const int N = MlDsaParameters.N;

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(10)]
    [InlineData(13)]
    [InlineData(18)]
    [InlineData(20)]
    public void Packing_is_bit_after_bit_and_comes_back(int bits)
    {
        Random random = new(bits);
        int[] w = new int[N];
        for (int i = 0; i < N; i++)
            w[i] = random.Next(1 << bits);
        byte[] packed = new byte[MlDsaParameters.PackedSize(bits)];
        MlDsaPacking.SimpleBitPack(w, bits, packed);
        for (int bit = 0; bit < N * bits; bit++)
            Assert.Equal((w[bit / bits] >> (bit % bits)) & 1, (packed[bit / 8] >> (bit % 8)) & 1);

        int[] back = new int[N];
        MlDsaPacking.SimpleBitUnpack(packed, bits, back);
        Assert.Equal(w, back);
        int b = 1 << (bits - 1);
        MlDsaPacking.BitUnpack(packed, b, bits, back);
        Assert.Equal(w.Select(value => b - value), back);
        byte[] again = new byte[packed.Length];
        MlDsaPacking.BitPack(back, b, bits, again);
        Assert.Equal(packed, again);
    }

    /// <summary>
    /// Every hint encoding with omega = 2 and k = 1, positions drawn from a few values: 2^8 counts times positions. An accepted one must
    /// be what its hint is packed to, so that no two encodings share a hint.
    /// </summary>
    [Fact]
    public void A_hint_has_one_encoding_small_and_exhaustive()
    {
        const int Omega = 2;
        int accepted = 0;
        Span<int> coefficients = new int[N];
        Span<byte> again = new byte[Omega + 1];
        byte[] positions = [0, 1, 2, 254, 255];
        for (int count = 0; count < 256; count++)
        {
            foreach (byte first in positions)
            {
                foreach (byte second in positions)
                {
                    byte[] encoded = [first, second, (byte)count];
                    PolynomialVector h = new(coefficients);
                    if (!MlDsaHint.HintBitUnpack(encoded, Omega, h))
                        continue;
                    accepted++;
                    MlDsaHint.HintBitPack(h, Omega, again);
                    Assert.Equal(encoded, again.ToArray());
                }
            }
        }

        // No ones: 1. One: 5 positions. Two: the rising pairs of 5.
        Assert.Equal(1 + 5 + 10, accepted);
    }

    [Theory]
    [InlineData("ML-DSA-44")]
    [InlineData("ML-DSA-65")]
    [InlineData("ML-DSA-87")]
    public void Random_hints_are_refused_or_come_back(string set)
    {
        MlDsaParameters parameters = MlDsaCase.Parameters(set);
        Random random = new(7);
        int[] coefficients = new int[parameters.K * N];
        byte[] encoded = new byte[parameters.Omega + parameters.K];
        byte[] again = new byte[encoded.Length];
        int accepted = 0;
        for (int round = 0; round < 3000; round++)
        {
            FillLikeHint(random, parameters, encoded);
            if (round % 2 == 1)
                encoded[random.Next(encoded.Length)] = (byte)random.Next(256);
            PolynomialVector h = new(coefficients);
            if (!MlDsaHint.HintBitUnpack(encoded, parameters.Omega, h))
                continue;
            accepted++;
            Assert.InRange(coefficients.Sum(), 0, parameters.Omega);
            MlDsaHint.HintBitPack(h, parameters.Omega, again);
            Assert.Equal(encoded, again);
        }

        Assert.InRange(accepted, 1500, 2999);
    }

    /// <summary>Whatever is accepted by the decoder is exactly what its content encodes to: no signature has a second form.</summary>
    [Theory]
    [InlineData("ML-DSA-44")]
    [InlineData("ML-DSA-65")]
    [InlineData("ML-DSA-87")]
    public void Decoded_signatures_encode_to_themselves(string set)
    {
        MlDsaParameters parameters = MlDsaCase.Parameters(set);
        Random random = new(8);
        using MlDsaExpandedKey key = MlDsaExpandedKey.KeyGenInternal(parameters, new byte[32], new byte[parameters.PublicKeySize], default);
        byte[] valid = MlDsaCase.Sign(key, new byte[MlDsaParameters.LongSize]);
        int[] z = new int[parameters.L * N];
        int[] h = new int[parameters.K * N];
        int refused = 0;
        for (int round = 0; round < 400; round++)
        {
            byte[] signature = (byte[])valid.Clone();
            int part = round % 3 == 0 ? parameters.Omega + parameters.K : signature.Length;
            for (int flips = random.Next(3); flips >= 0; flips--)
                signature[^(1 + random.Next(part))] ^= (byte)(1 << random.Next(8));
            if (!MlDsaEncoding.SigDecode(parameters, signature, new PolynomialVector(z), new PolynomialVector(h)))
            {
                refused++;
                continue;
            }

            byte[] again = signature[..parameters.CTildeSize].Concat(new byte[signature.Length - parameters.CTildeSize]).ToArray();
            MlDsaEncoding.SigEncode(parameters, new PolynomialVector(z), new PolynomialVector(h), again);
            Assert.Equal(signature, again);
        }

        Assert.InRange(refused, 50, 399);
    }

    [Fact]
    public void A_private_key_out_of_range_is_refused()
    {
        foreach (MlDsaParameters parameters in (MlDsaParameters[])[MlDsaParameters.MlDsa44, MlDsaParameters.MlDsa65, MlDsaParameters.MlDsa87])
        {
            byte[] encoded = new byte[parameters.EncodedPrivateKeySize];
            MlDsaExpandedKey.KeyGenInternal(parameters, new byte[32], new byte[parameters.PublicKeySize], encoded).Dispose();
            using (MlDsaExpandedKey? key = MlDsaExpandedKey.Decode(parameters, encoded))
                Assert.NotNull(key);
            encoded[128] |= 0x0F;
            Assert.Null(MlDsaExpandedKey.Decode(parameters, encoded));
            Assert.Null(MlDsaExpandedKey.Decode(parameters, encoded.AsSpan()[1..]));
        }
    }

    private static void FillLikeHint(Random random, MlDsaParameters parameters, byte[] encoded)
    {
        encoded.AsSpan().Clear();
        int index = 0;
        for (int i = 0; i < parameters.K; i++)
        {
            int ones = random.Next((parameters.Omega / parameters.K) + 1);
            foreach (int place in Enumerable.Range(0, N).OrderBy(_ => random.Next()).Take(ones).Order())
                encoded[index++] = (byte)place;
            encoded[parameters.Omega + i] = (byte)index;
        }
    }
}
