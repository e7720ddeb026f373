using System.Text.Json;
using Qssh.Crypto.Kem;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.Crypto.Kem;

/// <summary>NIST and Wycheproof cases, positive and negative.</summary>
public sealed class MlKemVectorTests
{
    [Fact]
    public void Acvp_key_generation()
    {
        using JsonDocument document = Vectors.Load("mlkem/acvp-keygen.json");
        int count = 0;
        foreach ((JsonElement group, JsonElement test) in Vectors.Tests(document))
        {
            CheckKeyGen(Set(group), Vectors.Hex(test, "d"), Vectors.Hex(test, "z"), test);
            count++;
        }

        Assert.Equal(44, count);
    }

    [Theory]
    [InlineData("mlkem/wycheproof-768-keygen.json")]
    [InlineData("mlkem/wycheproof-1024-keygen.json")]
    public void Wycheproof_key_generation(string file)
    {
        using JsonDocument document = Vectors.Load(file);
        int count = 0;
        foreach ((JsonElement group, JsonElement test) in Vectors.Tests(document))
        {
            byte[] seed = Vectors.Hex(test, "seed");
            CheckKeyGen(Set(group), seed[..32], seed[32..], test);
            count++;
        }

        Assert.Equal(10, count);
    }

    [Fact]
    public void Acvp_encapsulation_decapsulation_and_key_checks()
    {
        using JsonDocument document = Vectors.Load("mlkem/acvp-encapdecap.json");
        int count = 0;
        foreach ((JsonElement group, JsonElement test) in Vectors.Tests(document))
        {
            MlKem kem = Set(group);
            switch (group.GetProperty("function").GetString())
            {
                case "encapsulation":
                    CheckEncaps(kem, Vectors.Hex(test, "ek"), Vectors.Hex(test, "m"), Vectors.Hex(test, "c"), Vectors.Hex(test, "k"));
                    break;
                case "decapsulation":
                    using (MlKemKey key = test.TryGetProperty("dk", out _)
                        ? Import(kem, Vectors.Hex(test, "dk"))!
                        : kem.KeyGenInternal(Vectors.Hex(test, "d"), Vectors.Hex(test, "z")))
                        CheckDecaps(key, Vectors.Hex(test, "c"), Vectors.Hex(test, "k"));
                    break;
                case "encapsulationKeyCheck":
                    Assert.Equal(test.GetProperty("testPassed").GetBoolean(), Accepts(kem, Vectors.Hex(test, "ek")));
                    break;
                case "decapsulationKeyCheck":
                    using (MlKemKey? key = Import(kem, Vectors.Hex(test, "dk")))
                        Assert.Equal(test.GetProperty("testPassed").GetBoolean(), key is not null);
                    break;
                default:
                    Assert.Fail("unknown function");
                    break;
            }

            count++;
        }

        Assert.Equal(130, count);
    }

    [Theory]
    [InlineData("mlkem/wycheproof-768-encaps.json", 153, 123)]
    [InlineData("mlkem/wycheproof-1024-encaps.json", 157, 127)]
    public void Wycheproof_encapsulation(string file, int cases, int refusals)
    {
        using JsonDocument document = Vectors.Load(file);
        int count = 0;
        int refused = 0;
        foreach ((JsonElement group, JsonElement test) in Vectors.Tests(document))
        {
            count++;
            if (test.GetProperty("result").GetString() == "valid")
            {
                CheckEncaps(Set(group), Vectors.Hex(test, "ek"), Vectors.Hex(test, "m"), Vectors.Hex(test, "c"), Vectors.Hex(test, "K"));
                continue;
            }

            Assert.False(Accepts(Set(group), Vectors.Hex(test, "ek")), test.GetProperty("tcId").ToString());
            refused++;
        }

        Assert.Equal(cases, count);
        Assert.Equal(refusals, refused);
    }

    [Theory]
    [InlineData("mlkem/wycheproof-768-decaps.json", 72)]
    [InlineData("mlkem/wycheproof-1024-decaps.json", 72)]
    [InlineData("mlkem/wycheproof-768-semi-expanded-decaps.json", 9)]
    [InlineData("mlkem/wycheproof-1024-semi-expanded-decaps.json", 9)]
    public void Wycheproof_decapsulation(string file, int cases)
    {
        using JsonDocument document = Vectors.Load(file);
        int count = 0;
        foreach ((JsonElement group, JsonElement test) in Vectors.Tests(document))
        {
            using MlKemKey? key = LoadKey(Set(group), test);
            byte[] secret = new byte[MlKem.SharedSecretSize];
            bool accepted = key is not null && key.Decaps(Vectors.Hex(test, "c"), secret);
            Assert.Equal(test.GetProperty("result").GetString() == "valid", accepted);
            if (accepted)
                Assert.Equal(Vectors.Hex(test, "K"), secret);
            count++;
        }

        Assert.Equal(cases, count);
    }

    [Theory]
    [InlineData("mlkem/cctv-768.json")]
    [InlineData("mlkem/cctv-1024.json")]
    public void Cctv_traps(string file)
    {
        using JsonDocument document = Vectors.Load(file);
        int count = 0;
        foreach ((JsonElement group, JsonElement test) in Vectors.Tests(document))
        {
            MlKem kem = Set(group);
            if (group.GetProperty("type").GetString() == "unluckySample")
                CheckEncaps(kem, Vectors.Hex(test, "ek"), Vectors.Hex(test, "m"), Vectors.Hex(test, "c"), Vectors.Hex(test, "K"));
            if (group.GetProperty("type").GetString() == "modulus")
            {
                Assert.False(Accepts(kem, Vectors.Hex(test, "ek")));
            }
            else
            {
                using MlKemKey key = Import(kem, Vectors.Hex(test, "dk"))!;
                CheckDecaps(key, Vectors.Hex(test, "c"), Vectors.Hex(test, "K"));
            }

            count++;
        }

        Assert.Equal(14, count);
    }

    private static MlKem Set(JsonElement group) =>
        group.GetProperty("parameterSet").GetString() == "ML-KEM-768" ? MlKem.MlKem768 : MlKem.MlKem1024;

    private static MlKemKey? Import(MlKem kem, byte[] dk) => MlKemKey.Import(kem.Parameters, dk);

    private static MlKemKey? LoadKey(MlKem kem, JsonElement test)
    {
        if (test.TryGetProperty("dk", out _))
            return Import(kem, Vectors.Hex(test, "dk"));
        byte[] seed = Vectors.Hex(test, "seed");
        return seed.Length == 64 ? kem.KeyGenInternal(seed.AsSpan(0, 32), seed.AsSpan(32)) : null;
    }

    private static bool Accepts(MlKem kem, byte[] ek) =>
        kem.Encaps(ek, new byte[MlKem.SharedSecretSize], new byte[kem.Parameters.CiphertextSize]);

    private static void CheckKeyGen(MlKem kem, byte[] d, byte[] z, JsonElement test)
    {
        using MlKemKey key = kem.KeyGenInternal(d, z);
        byte[] dk = new byte[kem.Parameters.DecapsulationKeySize];
        key.Export(dk);
        Assert.Equal(Vectors.Hex(test, "ek"), key.EncapsulationKey.ToArray());
        Assert.Equal(Vectors.Hex(test, "dk"), dk);
    }

    private static void CheckEncaps(MlKem kem, byte[] ek, byte[] m, byte[] ciphertext, byte[] secret)
    {
        byte[] c = new byte[kem.Parameters.CiphertextSize];
        byte[] k = new byte[MlKem.SharedSecretSize];
        Assert.True(kem.EncapsInternal(ek, m, k, c));
        Assert.Equal(ciphertext, c);
        Assert.Equal(secret, k);
    }

    private static void CheckDecaps(MlKemKey key, byte[] ciphertext, byte[] secret)
    {
        byte[] k = new byte[MlKem.SharedSecretSize];
        Assert.True(key.Decaps(ciphertext, k));
        Assert.Equal(secret, k);
    }
}
