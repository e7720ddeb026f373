using System.Text.Json;
using Qssh.Crypto.Signatures.MlDsa;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.Crypto.Signatures.MlDsa;

/// <summary>The cases of Wycheproof: broken hints, norms, lengths, contexts and keys; rare paths of the samplers and of the loop.</summary>
public sealed class MlDsaWycheproofTests
{
    [Theory]
    [InlineData(44, 16, 99)]
    [InlineData(65, 16, 127)]
    [InlineData(87, 16, 162)]
    public void Verification_accepts_and_refuses_as_published(int set, int validCount, int invalidCount)
    {
        MlDsaParameters parameters = MlDsaCase.Parameters($"ML-DSA-{set}");
        int valid = 0;
        int invalid = 0;
        foreach ((JsonElement group, JsonElement test) in Vectors.Tests(Vectors.Load($"mldsa/wycheproof-{set}-verify.json")))
        {
            byte[] publicKey = Vectors.Hex(group, "publicKey");
            bool expected = MlDsaCase.Is(test, "result", "valid");
            bool actual = MlDsaVerifier.Verify(
                parameters, publicKey, Vectors.Hex(test, "ctx"), Vectors.Hex(test, "msg"), Vectors.Hex(test, "sig"));
            Assert.True(expected == actual, $"case {test.GetProperty("tcId")}: {test.GetProperty("comment")}");
            valid += expected ? 1 : 0;
            invalid += expected ? 0 : 1;
        }

        Assert.Equal((validCount, invalidCount), (valid, invalid));
    }

    [Theory]
    [InlineData("44-sign-seed", 30, 4)]
    [InlineData("44-sign-noseed", 10, 5)]
    [InlineData("65-sign-seed", 30, 4)]
    [InlineData("65-sign-noseed", 10, 5)]
    [InlineData("87-sign-seed", 30, 4)]
    [InlineData("87-sign-noseed", 11, 5)]
    public void Signing_gives_the_published_signatures(string file, int validCount, int invalidCount)
    {
        MlDsaParameters parameters = MlDsaCase.Parameters($"ML-DSA-{file[..2]}");
        int valid = 0;
        int invalid = 0;
        foreach ((JsonElement group, JsonElement test) in Vectors.Tests(Vectors.Load($"mldsa/wycheproof-{file}.json")))
        {
            bool expected = MlDsaCase.Is(test, "result", "valid");
            using MlDsaExpandedKey? key = MlDsaCase.Key(parameters, group);
            byte[]? signature = key is null ? null : Sign(key, test);
            Assert.True(signature is not null == expected, $"case {test.GetProperty("tcId")}: {test.GetProperty("comment")}");
            if (expected)
                Assert.Equal(Vectors.Hex(test, "sig"), signature);
            valid += expected ? 1 : 0;
            invalid += expected ? 0 : 1;
        }

        Assert.Equal((validCount, invalidCount), (valid, invalid));
    }

    /// <summary>Null: a context longer than the standard allows.</summary>
    private static byte[]? Sign(MlDsaExpandedKey key, JsonElement test)
    {
        byte[] context = Vectors.Hex(test, "ctx");
        if (context.Length > MlDsaParameters.MaximumContextSize)
            return null;
        byte[] mu = Vectors.Hex(test, "mu");
        if (test.TryGetProperty("msg", out _))
        {
            byte[] computed = MlDsaCase.MuOfPure(key.Tr, context, Vectors.Hex(test, "msg"));
            if (mu.Length != 0)
                Assert.Equal(mu, computed);
            mu = computed;
        }

        return MlDsaCase.Sign(key, mu, Vectors.Hex(test, "rnd"));
    }
}
