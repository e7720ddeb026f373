using System.Security.Cryptography;
using System.Text.Json;
using Qssh.Crypto.Signatures.MlDsa;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.Crypto.Signatures.MlDsa;

/// <summary>The known answers of NIST. Only the pre-hash groups (HashML-DSA, which nothing here uses) are left out, and counted.</summary>
public sealed class MlDsaAcvpTests
{
    [Fact]
    public void Key_generation_gives_the_published_keys()
    {
        int count = 0;
        foreach ((JsonElement group, JsonElement test) in Vectors.Tests(Vectors.Load("mldsa/acvp-keygen.json")))
        {
            MlDsaParameters parameters = MlDsaCase.Parameters(group.GetProperty("parameterSet").GetString()!);
            byte[] publicKey = new byte[parameters.PublicKeySize];
            byte[] privateKey = new byte[parameters.EncodedPrivateKeySize];
            MlDsaExpandedKey.KeyGenInternal(parameters, Vectors.Hex(test, "seed"), publicKey, privateKey).Dispose();
            AssertBytesOrDigest(test, "pk", publicKey);
            AssertBytesOrDigest(test, "sk", privateKey);
            count++;
        }

        Assert.Equal(66, count);
    }

    [Fact]
    public void Signing_gives_the_published_signatures()
    {
        int count = 0;
        int skipped = 0;
        foreach ((JsonElement group, JsonElement test) in Vectors.Tests(Vectors.Load("mldsa/acvp-siggen.json")))
        {
            if (MlDsaCase.Is(group, "preHash", "preHash"))
            {
                skipped++;
                continue;
            }

            MlDsaParameters parameters = MlDsaCase.Parameters(group.GetProperty("parameterSet").GetString()!);
            using MlDsaExpandedKey key = MlDsaCase.Key(parameters, test)!;
            byte[] signature = MlDsaCase.Sign(key, Mu(group, test, key.Tr), Vectors.Hex(test, "rnd"));
            AssertBytesOrDigest(test, "signature", signature);
            Assert.Equal(test.GetProperty("signatureSha256").GetString()!, Convert.ToHexString(SHA256.HashData(signature)), ignoreCase: true);
            count++;
        }

        Assert.Equal((93, 30), (count, skipped));
    }

    [Fact]
    public void Verification_accepts_and_refuses_as_published()
    {
        int valid = 0;
        int invalid = 0;
        int skipped = 0;
        foreach ((JsonElement group, JsonElement test) in Vectors.Tests(Vectors.Load("mldsa/acvp-sigver.json")))
        {
            if (MlDsaCase.Is(group, "preHash", "preHash"))
            {
                skipped++;
                continue;
            }

            bool expected = test.GetProperty("testPassed").GetBoolean();
            Assert.True(Verify(group, test) == expected, $"case {test.GetProperty("tcId")}");
            valid += expected ? 1 : 0;
            invalid += expected ? 0 : 1;
        }

        Assert.Equal((15, 99, 36), (valid, invalid, skipped));
    }

    private static bool Verify(JsonElement group, JsonElement test)
    {
        MlDsaParameters parameters = MlDsaCase.Parameters(group.GetProperty("parameterSet").GetString()!);
        byte[] publicKey = Vectors.Hex(test, "pk");
        byte[] signature = Vectors.Hex(test, "signature");
        if (MlDsaCase.Is(group, "signatureInterface", "external"))
            return MlDsaVerifier.Verify(parameters, publicKey, Vectors.Hex(test, "context"), Vectors.Hex(test, "message"), signature);
        return signature.Length == parameters.SignatureSize
            && MlDsaVerifier.VerifyInternal(parameters, publicKey, Mu(group, test, MlDsaCase.Tr(publicKey)), signature);
    }

    private static byte[] Mu(JsonElement group, JsonElement test, ReadOnlySpan<byte> tr)
    {
        if (MlDsaCase.Is(group, "signatureInterface", "external"))
            return MlDsaCase.MuOfPure(tr, Vectors.Hex(test, "context"), Vectors.Hex(test, "message"));
        return MlDsaCase.IsTrue(group, "externalMu") ? Vectors.Hex(test, "mu") : MlDsaCase.MuOfInternal(tr, Vectors.Hex(test, "message"));
    }

    private static void AssertBytesOrDigest(JsonElement test, string name, byte[] actual)
    {
        if (test.TryGetProperty(name, out JsonElement bytes))
            Assert.Equal(Vectors.Hex(bytes), actual);
        else if (test.TryGetProperty(name + "Sha256", out JsonElement digest))
            Assert.Equal(Vectors.Hex(digest), SHA256.HashData(actual));
        else
            Assert.Fail($"case {test.GetProperty("tcId")} has no {name}");
    }
}
