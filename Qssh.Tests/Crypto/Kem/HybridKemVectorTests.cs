using System.Security.Cryptography;
using System.Text.Json;
using Qssh.Crypto.Kem;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.Crypto.Kem;

/// <summary>CH-KEM-v1 and X-Wing against the published files and the answers of the protocol sketch.</summary>
public sealed class HybridKemVectorTests
{
    private static readonly HybridKem s_chKem = HybridKem.Find((byte)KemId.ChKem1024)!;
    private static readonly HybridKem s_xWing = HybridKem.Find((byte)KemId.XWing)!;

    [Fact]
    public void Published_suites()
    {
        using JsonDocument document = Vectors.Load("chkem/quantum-go-vectors.json");
        foreach (JsonElement suite in document.RootElement.GetProperty("kem_suites").EnumerateArray())
        {
            HybridKem kem = suite.GetProperty("id").GetInt32() == 1 ? s_chKem : s_xWing;
            byte[] z = RoundTrip(
                kem, EncapsulatorRole.Server, Vectors.Hex(suite, "seed"), Vectors.Hex(suite, "public_key"), Vectors.Hex(suite, "encap_seed"), Vectors.Hex(suite, "ciphertext"));
            Assert.Equal(Vectors.Hex(suite, "shared_secret"), z[32..]);
        }
    }

    [Fact]
    public void Further_ch_kem_cases()
    {
        using JsonDocument document = Vectors.Load("chkem/generated.json");
        int count = 0;
        foreach ((JsonElement group, JsonElement test) in Vectors.Tests(document))
        {
            switch (group.GetProperty("type").GetString())
            {
                case "encapsDecaps":
                    CheckChKem(test);
                    break;
                case "decapsModified":
                    CheckModified(test);
                    break;
                case "invalid":
                    CheckRefused(s_chKem, test, "public_key", "ciphertext");
                    break;
                default:
                    continue;
            }

            count++;
        }

        Assert.Equal(13, count);
    }

    [Fact]
    public void X_wing_cases()
    {
        using JsonDocument document = Vectors.Load("xwing/xwing.json");
        int count = 0;
        foreach ((JsonElement group, JsonElement test) in Vectors.Tests(document))
        {
            switch (group.GetProperty("type").GetString())
            {
                case "invalid":
                    CheckRefused(s_xWing, test, "pk", "ct");
                    break;
                case "decapsModified":
                    Assert.Equal(Vectors.Hex(test, "ss"), Decapsulate(s_xWing, Vectors.Hex(test, "seed"), Vectors.Hex(test, "ct"), EncapsulatorRole.Server)[32..]);
                    break;
                default:
                    byte[] z = RoundTrip(
                        s_xWing, EncapsulatorRole.Server, Vectors.Hex(test, "seed"), Vectors.Hex(test, "pk"), Vectors.Hex(test, "eseed"), Vectors.Hex(test, "ct"));
                    Assert.Equal(Vectors.Hex(test, "ss"), z[32..]);
                    break;
            }

            count++;
        }

        Assert.Equal(19, count);
    }

    [Fact]
    public void Protocol_sketch()
    {
        using JsonDocument document = Vectors.Load("protocol/vectors.json");
        JsonElement inputs = document.RootElement.GetProperty("inputs");
        JsonElement kem = document.RootElement.GetProperty("kem");
        byte[] z = RoundTrip(
            s_chKem,
            (EncapsulatorRole)Vectors.Hex(kem, "role")[0],
            Vectors.Hex(inputs, "kem_seed"),
            Vectors.Hex(kem, "share"),
            Vectors.Hex(inputs, "kem_encap_seed"),
            Vectors.Hex(kem, "ciphertext"));
        Assert.Equal(Vectors.Hex(kem, "K_m"), z[..32]);
        Assert.Equal(Vectors.Hex(kem, "ss"), z[32..]);
        Assert.Equal(Vectors.Hex(kem, "Z"), z);
    }

    [Theory]
    [InlineData("rekey_by_client")]
    [InlineData("rekey_by_server")]
    public void Protocol_sketch_rekey(string name)
    {
        using JsonDocument document = Vectors.Load("protocol/vectors.json");
        JsonElement rekey = document.RootElement.GetProperty(name);
        EncapsulatorRole role = (EncapsulatorRole)Vectors.Hex(rekey, "encapsulator_role")[0];
        using HybridKemKey key = s_chKem.KeyFromSeed(Vectors.Hex(rekey, "kem_seed"));
        byte[] z = new byte[HybridKem.SecretSize];
        Assert.True(s_chKem.EncapsulateDerandomized(key.Share, role, Vectors.Hex(rekey, "kem_encap_seed"), new byte[s_chKem.CiphertextSize], z));
        Assert.Equal(Vectors.Hex(rekey, "K_m"), z[..32]);
        Assert.Equal(Vectors.Hex(rekey, "ss"), z[32..]);
    }

    /// <summary>The known answers KEX-01 to KEX-03 of the feature list.</summary>
    [Theory]
    [InlineData(2, "9cbfa6edfeb1c4fce6789551d427467c90d333320a05eccb6a7b1a63c244ec3e")]
    [InlineData(1, "331de0aaac2839dca27be5ec34842b0e8dfaeeb89f4f75d01196d2539da84373")]
    public void Known_answers_bind_the_role(byte role, string ss)
    {
        byte[] seed = Ascending(0x01, 96);
        byte[] encapSeed = [.. Ascending(0x40, 32), .. Ascending(0x80, 32)];
        using HybridKemKey key = s_chKem.KeyFromSeed(seed);
        Assert.Equal("7c9863589cc5a787722e62e341494cf137f097fadf45d97fb399d7ecdd1d7e59", Sha256(key.Share));
        byte[] ciphertext = new byte[s_chKem.CiphertextSize], z = new byte[HybridKem.SecretSize];
        Assert.True(s_chKem.EncapsulateDerandomized(key.Share, (EncapsulatorRole)role, encapSeed, ciphertext, z));
        Assert.Equal("4f4f86865b55a111c6bd031ae3a9699fa25ed24c31209b8ae91120e88854ac55", Sha256(ciphertext));
        Assert.Equal("9c1780e11688e3746404fc213a62942cd508aee909ed9317bb2a6fb4b84c9317" + ss, Convert.ToHexStringLower(z));
        Assert.NotEqual("30519e67effc3c5b1362cba83928ede57acfb936f0decc464f51e13e27fe24f9", Convert.ToHexStringLower(z.AsSpan(32)));
    }

    [Fact]
    public void Known_answer_of_x_wing()
    {
        using HybridKemKey key = s_xWing.KeyFromSeed(Ascending(0x01, 32));
        byte[] ciphertext = new byte[s_xWing.CiphertextSize], z = new byte[HybridKem.SecretSize];
        Assert.True(s_xWing.EncapsulateDerandomized(key.Share, EncapsulatorRole.Server, Ascending(0x40, 64), ciphertext, z));
        Assert.Equal("248e9eb0172969569b04671542bc2d6e84b88a001b91d15428d5ffdaa3e23864", Convert.ToHexStringLower(z.AsSpan(32)));
    }

    [Theory]
    [InlineData((byte)KemId.ChKem1024, 1600, 1600)]
    [InlineData((byte)KemId.ChKem768, 1216, 1120)]
    [InlineData((byte)KemId.XWing, 1216, 1120)]
    public void Sizes(byte id, int share, int ciphertext)
    {
        HybridKem kem = HybridKem.Find(id)!;
        Assert.Equal(((KemId)id, share, ciphertext), (kem.Id, kem.ShareSize, kem.CiphertextSize));
        Assert.Null(HybridKem.Find(0));
        Assert.Null(HybridKem.Find(4));
    }

    private static void CheckChKem(JsonElement test)
    {
        EncapsulatorRole role = (EncapsulatorRole)test.GetProperty("role").GetInt32();
        byte[] share = Vectors.Hex(test, "public_key"), ciphertext = Vectors.Hex(test, "ciphertext"), t = new byte[32];
        byte[] z = RoundTrip(s_chKem, role, Vectors.Hex(test, "seed"), share, Vectors.Hex(test, "encap_seed"), ciphertext);
        ChKem.Transcript(new HybridInputs(s_chKem, share, ciphertext, [], []), role, t);
        Assert.Equal(Vectors.Hex(test, "mlkem_secret"), z[..32]);
        Assert.Equal(Vectors.Hex(test, "shared_secret"), z[32..]);
        Assert.Equal(Vectors.Hex(test, "transcript_hash"), t);
    }

    private static void CheckModified(JsonElement test)
    {
        EncapsulatorRole role = (EncapsulatorRole)test.GetProperty("role").GetInt32();
        byte[] ss = Decapsulate(s_chKem, Vectors.Hex(test, "seed"), Vectors.Hex(test, "ciphertext"), role)[32..];
        Assert.Equal(Vectors.Hex(test, "shared_secret"), ss);
        Assert.NotEqual(Vectors.Hex(test, "honest_shared_secret"), ss);
    }

    private static void CheckRefused(HybridKem kem, JsonElement test, string shareName, string ciphertextName)
    {
        byte[] z = new byte[HybridKem.SecretSize];
        switch (test.GetProperty("operation").GetString())
        {
            case "encaps":
                Assert.False(kem.Encapsulate(Vectors.Hex(test, shareName), EncapsulatorRole.Server, new byte[kem.CiphertextSize], z));
                break;
            case "decaps":
                using (HybridKemKey key = kem.KeyFromSeed(Vectors.Hex(test, "seed")))
                    Assert.False(key.Decapsulate(Vectors.Hex(test, ciphertextName), EncapsulatorRole.Server, z));
                break;
            default:
                Assert.Throws<ArgumentOutOfRangeException>(() => kem.KeyFromSeed(Vectors.Hex(test, "seed")));
                break;
        }

        Assert.Equal(new byte[HybridKem.SecretSize], z);
    }

    private static byte[] RoundTrip(HybridKem kem, EncapsulatorRole role, byte[] seed, byte[] share, byte[] encapSeed, byte[] ciphertext)
    {
        using HybridKemKey key = kem.KeyFromSeed(seed);
        Assert.Equal(share, key.Share.ToArray());
        byte[] c = new byte[kem.CiphertextSize], z = new byte[HybridKem.SecretSize];
        Assert.True(kem.EncapsulateDerandomized(share, role, encapSeed, c, z));
        Assert.Equal(ciphertext, c);
        Assert.Equal(z, Decapsulate(kem, seed, c, role));
        return z;
    }

    private static byte[] Decapsulate(HybridKem kem, byte[] seed, byte[] ciphertext, EncapsulatorRole role)
    {
        using HybridKemKey key = kem.KeyFromSeed(seed);
        byte[] z = new byte[HybridKem.SecretSize];
        Assert.True(key.Decapsulate(ciphertext, role, z));
        return z;
    }

    private static byte[] Ascending(int first, int count)
    {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++)
            bytes[i] = (byte)(first + i);
        return bytes;
    }

    private static string Sha256(ReadOnlySpan<byte> data) => Convert.ToHexStringLower(SHA256.HashData(data));
}
