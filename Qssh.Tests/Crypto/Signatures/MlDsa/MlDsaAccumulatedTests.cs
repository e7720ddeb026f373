using System.Text.Json;
using Qssh.Crypto.Hashes;
using Qssh.Crypto.Signatures.MlDsa;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.Crypto.Signatures.MlDsa;

/// <summary>Many runs in one hash (C2SP/CCTV), and the messages that need a representative number of rounds.</summary>
public sealed class MlDsaAccumulatedTests
{
    private const int Iterations = 100;

    [Theory]
    [InlineData("ML-DSA-44")]
    [InlineData("ML-DSA-65")]
    [InlineData("ML-DSA-87")]
    public void Keys_and_signatures_of_a_hundred_seeds(string set)
    {
        MlDsaParameters parameters = MlDsaCase.Parameters(set);
        Keccak source = Keccak.Shake128();
        Keccak sink = Keccak.Shake128();
        byte[] seed = new byte[MlDsaParameters.SeedSize];
        byte[] publicKey = new byte[parameters.PublicKeySize];
        for (int i = 0; i < Iterations; i++)
        {
            source.Squeeze(seed);
            using MlDsaExpandedKey key = MlDsaExpandedKey.KeyGenInternal(parameters, seed, publicKey, default);
            byte[] signature = MlDsaCase.Sign(key, MlDsaCase.MuOfPure(key.Tr, [], []));
            Assert.True(MlDsaVerifier.Verify(parameters, publicKey, default, default, signature));
            sink.Absorb(publicKey);
            sink.Absorb(signature);
        }

        byte[] hash = new byte[32];
        sink.Squeeze(hash);
        Assert.Equal(Published(set), hash);
    }

    [Theory]
    [InlineData("ML-DSA-44")]
    [InlineData("ML-DSA-65")]
    [InlineData("ML-DSA-87")]
    public void Messages_that_need_several_rounds(string set)
    {
        MlDsaParameters parameters = MlDsaCase.Parameters(set);
        byte[] publicKey = new byte[parameters.PublicKeySize];
        using MlDsaExpandedKey key = MlDsaExpandedKey.KeyGenInternal(parameters, new byte[MlDsaParameters.SeedSize], publicKey, default);
        foreach (JsonElement message in Group("benchmarkMessages", set).GetProperty("tests")[0].GetProperty("messages").EnumerateArray())
        {
            byte[] bytes = System.Text.Encoding.ASCII.GetBytes(message.GetString()!);
            byte[] signature = MlDsaCase.Sign(key, MlDsaCase.MuOfPure(key.Tr, [], bytes));
            Assert.True(MlDsaVerifier.Verify(parameters, publicKey, default, bytes, signature));
        }
    }

    private static byte[] Published(string set)
    {
        foreach (JsonElement test in Group("accumulated", set).GetProperty("tests").EnumerateArray())
        {
            if (test.GetProperty("iterations").GetInt32() == Iterations)
                return Vectors.Hex(test, "hash");
        }

        throw new InvalidOperationException("no such case");
    }

    private static JsonElement Group(string type, string set)
    {
        foreach (JsonElement group in Vectors.Load("mldsa/cctv.json").RootElement.GetProperty("testGroups").EnumerateArray())
        {
            if (MlDsaCase.Is(group, "type", type) && MlDsaCase.Is(group, "parameterSet", set))
                return group;
        }

        throw new InvalidOperationException("no such group");
    }
}
