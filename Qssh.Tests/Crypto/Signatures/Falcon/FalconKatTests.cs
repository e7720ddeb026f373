using System.Buffers.Binary;
using System.Text.Json;
using Qssh.Crypto.Hashes;
using Qssh.Crypto.Signatures.Falcon;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.Crypto.Signatures.Falcon;

/// <summary>The known answers of the round-3 submission, driven with what its generator gave.</summary>
public sealed class FalconKatTests
{
    private const int Cases = 30;

    /// <summary>Emulation is slow, above all in builds that are not optimised.</summary>
    private const int EmulatedKeys = 2, EmulatedSignatures = 6;

    [Theory]
    [InlineData("falcon/kat-512.json", FalconArithmetic.Native, Cases)]
    [InlineData("falcon/kat-1024.json", FalconArithmetic.Native, Cases)]
    [InlineData("falcon/kat-512.json", FalconArithmetic.Emulated, EmulatedKeys)]
    [InlineData("falcon/kat-1024.json", FalconArithmetic.Emulated, EmulatedKeys)]
    internal void Key_generation_gives_the_published_keys(string file, FalconArithmetic arithmetic, int count)
    {
        int done = 0;
        foreach ((JsonElement group, JsonElement test) in Vectors.Tests(Vectors.Load(file)).Take(count))
        {
            FalconParameters parameters = FalconCase.Parameters(group);
            using FalconPrivateKey key = FalconKeyGenerator.Generate(parameters, Vectors.Hex(test, "keygenSeed"), arithmetic);
            Assert.Equal(Vectors.Hex(test, "sk"), Encode(key));
            Assert.Equal(Vectors.Hex(test, "pk"), key.PublicKey());
            done++;
        }

        Assert.Equal(count, done);
    }

    [Theory]
    [InlineData("falcon/kat-512.json", FalconArithmetic.Native, Cases)]
    [InlineData("falcon/kat-1024.json", FalconArithmetic.Native, Cases)]
    [InlineData("falcon/kat-512.json", FalconArithmetic.Emulated, EmulatedSignatures)]
    [InlineData("falcon/kat-1024.json", FalconArithmetic.Emulated, EmulatedSignatures)]
    internal void Signing_gives_the_published_signatures(string file, FalconArithmetic arithmetic, int count)
    {
        int done = 0;
        foreach ((JsonElement group, JsonElement test) in Vectors.Tests(Vectors.Load(file)).Take(count))
        {
            FalconParameters parameters = FalconCase.Parameters(group);
            using FalconPrivateKey? key = FalconPrivateKey.Decode(parameters, Vectors.Hex(test, "sk"));
            Assert.NotNull(key);
            Assert.Equal(Vectors.Hex(test, "sk"), Encode(key));
            using FalconExpandedKey expanded = FalconExpandedKey.Create(key, arithmetic);

            byte[] signature = Sign(expanded, Vectors.Hex(test, "nonce"), Vectors.Hex(test, "msg"), Vectors.Hex(test, "signSeed"));
            AssertSame(test, parameters, signature);
            Assert.True(FalconVerifier.VerifyPadded(parameters, Vectors.Hex(test, "pk"), Vectors.Hex(test, "msg"), signature));
            done++;
        }

        Assert.Equal(count, done);
    }

    /// <summary>sm = length of the signature part, nonce, message, then header 0x20 + logn and the compressed vector without padding.</summary>
    private static void AssertSame(JsonElement test, FalconParameters parameters, byte[] signature)
    {
        byte[] signed = Vectors.Hex(test, "sm");
        int length = BinaryPrimitives.ReadUInt16BigEndian(signed);
        ReadOnlySpan<byte> part = signed.AsSpan()[^length..];
        Assert.Equal(0x20 + parameters.LogN, part[0]);
        ReadOnlySpan<byte> compressed = signature.AsSpan()[(FalconParameters.HeaderSize + FalconParameters.NonceSize)..];
        Assert.True(compressed.StartsWith(part[1..]), $"case {test.GetProperty("tcId")}");
        Assert.False(compressed[(length - 1)..].ContainsAnyExcept((byte)0));
        Assert.Equal(Vectors.Hex(test, "nonce"), signature.AsSpan(1, FalconParameters.NonceSize).ToArray());
    }

    private static byte[] Sign(FalconExpandedKey key, byte[] nonce, byte[] message, byte[] seed)
    {
        byte[] signature = new byte[key.Parameters.SignatureSize];
        Keccak source = Keccak.Shake256();
        source.Absorb(seed);
        FalconSigner.SignPadded(key, nonce, message, ref source, signature);
        return signature;
    }

    private static byte[] Encode(FalconPrivateKey key)
    {
        byte[] encoded = new byte[key.Parameters.PrivateKeySize];
        key.Encode(encoded);
        return encoded;
    }
}
