using System.Text.Json;
using Qssh.Crypto.Hashes;
using Qssh.Crypto.Kem;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.Crypto.Kem;

/// <summary>Many runs of key generation, encapsulation, decapsulation and rejection under one hash.</summary>
public sealed class MlKemAccumulatedTests
{
    private const int LongestRun = 10_000; // the million is for longer runs

    [Fact]
    public void Accumulated_hashes()
    {
        using JsonDocument document = Vectors.Load("mlkem/accumulated.json");
        int count = 0;
        foreach ((JsonElement group, JsonElement test) in Vectors.Tests(document))
        {
            int iterations = test.GetProperty("iterations").GetInt32();
            if (iterations > LongestRun)
                continue;
            MlKem kem = group.GetProperty("parameterSet").GetString() == "ML-KEM-768" ? MlKem.MlKem768 : MlKem.MlKem1024;
            Assert.Equal(Vectors.Hex(test, "hash"), Run(kem, iterations));
            count++;
        }

        Assert.True(count >= 4);
    }

    private static byte[] Run(MlKem kem, int iterations)
    {
        Keccak source = Keccak.Shake128();
        Keccak sink = Keccak.Shake128();
        byte[] seed = new byte[64], m = new byte[32], c = new byte[kem.Parameters.CiphertextSize];
        byte[] secret = new byte[MlKem.SharedSecretSize], same = new byte[MlKem.SharedSecretSize];
        for (int i = 0; i < iterations; i++)
        {
            source.Squeeze(seed);
            using MlKemKey key = kem.KeyGenInternal(seed.AsSpan(0, 32), seed.AsSpan(32));
            sink.Absorb(key.EncapsulationKey);
            source.Squeeze(m);
            Assert.True(kem.EncapsInternal(key.EncapsulationKey, m, secret, c));
            sink.Absorb(c);
            sink.Absorb(secret);
            Assert.True(key.Decaps(c, same));
            Assert.Equal(secret, same);
            source.Squeeze(c);
            Assert.True(key.Decaps(c, secret));
            sink.Absorb(secret);
        }

        byte[] hash = new byte[32];
        sink.Squeeze(hash);
        return hash;
    }
}
