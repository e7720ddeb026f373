using System.Text.Json;
using Qssh.Crypto.Signatures.Falcon;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.Crypto.Signatures.Falcon;

/// <summary>Verification against answers of the C code of PQClean, in both wire forms.</summary>
public sealed class FalconVerifyTests
{
    [Fact]
    public void Compressed_signatures_are_accepted_and_refused_as_published()
    {
        (int valid, int invalid) = Run(FalconVerifier.VerifyCompressed);
        Assert.Equal((10, 59), (valid, invalid));
    }

    /// <summary>The same cases with zeros up to the constant size. Only those whose one flaw is a missing or surplus zero change.</summary>
    [Fact]
    public void Padded_signatures_are_accepted_and_refused_alike()
    {
        (int valid, int invalid) = Run((parameters, publicKey, message, signature) =>
        {
            byte[] padded = new byte[Math.Max(parameters.SignatureSize, signature.Length)];
            signature.CopyTo(padded);
            return FalconVerifier.VerifyPadded(parameters, publicKey, message, padded);
        }, "one zero byte after the signature");
        Assert.Equal((10, 57), (valid, invalid));
    }

    [Fact]
    public void A_padded_signature_is_zero_to_its_end()
    {
        JsonElement group = Vectors.Load("falcon/verify.json").RootElement.GetProperty("testGroups")[0];
        JsonElement test = group.GetProperty("tests")[0];
        FalconParameters parameters = FalconCase.Parameters(group);
        byte[] publicKey = Vectors.Hex(group, "pk");
        byte[] signature = Vectors.Hex(test, "signature");
        byte[] padded = new byte[parameters.SignatureSize];
        signature.CopyTo(padded, 0);
        Assert.True(FalconVerifier.VerifyPadded(parameters, publicKey, Vectors.Hex(test, "msg"), padded));
        for (int i = signature.Length; i < padded.Length; i++)
        {
            padded[i] = 1;
            Assert.False(FalconVerifier.VerifyPadded(parameters, publicKey, Vectors.Hex(test, "msg"), padded));
            padded[i] = 0;
        }

        Assert.False(FalconVerifier.VerifyPadded(parameters, publicKey, Vectors.Hex(test, "msg"), padded.AsSpan()[..^1]));
        Assert.False(FalconVerifier.VerifyPadded(parameters, publicKey, Vectors.Hex(test, "msg"), [.. padded, 0]));
    }

    private delegate bool Verifier(FalconParameters parameters, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature);

    private static (int Valid, int Invalid) Run(Verifier verify, string? except = null)
    {
        int valid = 0;
        int invalid = 0;
        foreach ((JsonElement group, JsonElement test) in Vectors.Tests(Vectors.Load("falcon/verify.json")))
        {
            if (test.GetProperty("comment").GetString() == except)
                continue;
            byte[] publicKey = Vectors.Hex(test.TryGetProperty("pk", out _) ? test : group, "pk");
            bool expected = test.GetProperty("testPassed").GetBoolean();
            bool actual = verify(FalconCase.Parameters(group), publicKey, Vectors.Hex(test, "msg"), Vectors.Hex(test, "signature"));
            Assert.True(actual == expected, $"case {test.GetProperty("tcId")}: {test.GetProperty("comment")}");
            valid += expected ? 1 : 0;
            invalid += expected ? 0 : 1;
        }

        return (valid, invalid);
    }
}
