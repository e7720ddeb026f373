using System.Security.Cryptography;
using System.Text.Json;
using Qssh.Crypto.Signatures.SlhDsa;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.Crypto.Signatures.SlhDsa;

/// <summary>
/// The known answers of NIST: all verifications, all signatures of the fast sets and all keys but those of the slow sets of the SHA2
/// family, of which a third. Of the slow sets, whose signatures take up to some seconds, a run signs one or two cases of 18 to 27;
/// with QSSH_TEST_ALL=1 all.
/// </summary>
public sealed class SlhDsaAcvpTests
{
    public static TheoryData<string> Names => [.. SlhDsaParameters.All.Select(parameters => parameters.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Key_generation_gives_the_published_keys(string name)
    {
        int count = 0;
        int most = SlowTests.TakesAll ? int.MaxValue : !SlowTests.IsOptimized ? 1 : name.Contains("SHA2") && name.EndsWith('s') ? 3 : int.MaxValue;
        foreach ((JsonElement group, JsonElement test) in Vectors.Tests(Vectors.Load("slhdsa/acvp-keygen.json")))
        {
            SlhDsaParameters parameters = SlhDsaCase.Parameters(group);
            if (parameters.Name != name || count == most)
                continue;
            byte[] seeds = [.. Vectors.Hex(test, "skSeed"), .. Vectors.Hex(test, "skPrf"), .. Vectors.Hex(test, "pkSeed")];
            using SlhDsaPrivateKey key = SlhDsaPrivateKey.FromSeeds(parameters, seeds);
            Assert.Equal(Vectors.Hex(test, "sk"), key.Encoded);
            Assert.Equal(Vectors.Hex(test, "pk"), key.PublicKey);
            count++;
        }

        Assert.Equal(Math.Min(9, most), count);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Signing_gives_the_published_signatures(string name)
    {
        int groups = 0;
        int count = 0;
        foreach (JsonElement group in Vectors.Load("slhdsa/acvp-siggen.json").RootElement.GetProperty("testGroups").EnumerateArray())
        {
            SlhDsaParameters parameters = SlhDsaCase.Parameters(group);
            if (parameters.Name != name)
                continue;
            foreach (JsonElement test in group.GetProperty("tests").EnumerateArray().Take(Cases(parameters, groups++)))
            {
                Check(parameters, group, test);
                count++;
            }
        }

        Assert.Equal(6, groups);
        Assert.NotEqual(0, count);
    }

    [Fact]
    public void Verification_accepts_and_refuses_as_published()
    {
        int valid = 0;
        int invalid = 0;
        foreach ((JsonElement group, JsonElement test) in Vectors.Tests(Vectors.Load("slhdsa/acvp-sigver.json")))
        {
            SlhDsaParameters parameters = SlhDsaCase.Parameters(group);
            bool expected = test.GetProperty("testPassed").GetBoolean();
            bool actual = SlhDsaCase.Verify(parameters, Vectors.Hex(test, "pk"), group, test, Vectors.Hex(test, "signature"));
            Assert.True(actual == expected, $"case {test.GetProperty("tcId")}");
            _ = expected ? valid++ : invalid++;
        }

        Assert.Equal((3, 18), (valid, invalid));
    }

    /// <summary>How many cases of the next group of a set are signed.</summary>
    private static int Cases(SlhDsaParameters parameters, int group)
    {
        if (SlowTests.TakesAll || (SlowTests.IsOptimized && !SlhDsaCase.IsSlow(parameters)))
            return int.MaxValue;

        // The groups are deterministic and hedged times pure, pre-hash and internal: another one first in each set.
        int offset = parameters.N / sizeof(ulong);
        int step = SlowTests.IsOptimized && parameters.IsShake ? 3 : 6;
        return (group + offset) % step == 0 ? 1 : 0;
    }

    private static void Check(SlhDsaParameters parameters, JsonElement group, JsonElement test)
    {
        using SlhDsaPrivateKey? key = SlhDsaPrivateKey.Decode(parameters, Vectors.Hex(test, "sk"));
        Assert.NotNull(key);
        byte[] signature = SlhDsaCase.Sign(key, group, test);
        string digest = Convert.ToHexStringLower(SHA256.HashData(signature));
        Assert.True(digest == test.GetProperty("signatureSha256").GetString()!.ToLowerInvariant(), $"case {test.GetProperty("tcId")}");
        Assert.True(SlhDsaCase.Verify(parameters, key.PublicKey, group, test, signature));
    }
}
