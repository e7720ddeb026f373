using System.Text.Json;
using Qssh.Crypto.Signatures.SlhDsa;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.Crypto.Signatures.SlhDsa;

/// <summary>One published case: its parameter set, its interface and its inputs.</summary>
internal static class SlhDsaCase
{
    public static SlhDsaParameters Parameters(JsonElement group)
    {
        SlhDsaParameters? parameters = SlhDsaParameters.FindByName(group.GetProperty("parameterSet").GetString()!);
        Assert.NotNull(parameters);
        return parameters;
    }

    /// <summary>The sets with small signatures, whose signing takes a hundred times as long.</summary>
    public static bool IsSlow(SlhDsaParameters parameters) => parameters.Name[^1] == 's';

    public static bool IsInternal(JsonElement group) => group.GetProperty("signatureInterface").GetString() == "internal";

    /// <summary>Null for the pure form.</summary>
    public static SlhDsaPreHash? PreHash(JsonElement test)
    {
        if (!test.TryGetProperty("hashAlg", out JsonElement name))
            return null;
        SlhDsaPreHash? preHash = SlhDsaPreHash.FindByName(name.GetString()!);
        Assert.NotNull(preHash);
        return preHash;
    }

    /// <summary>Deterministic where additionalRandomness is missing.</summary>
    public static byte[] Sign(SlhDsaPrivateKey key, JsonElement group, JsonElement test)
    {
        byte[] signature = new byte[key.Parameters.SignatureSize];
        byte[] message = Vectors.Hex(test, "message");
        byte[] random = Vectors.Hex(test, "additionalRandomness");
        ReadOnlySpan<byte> optRand = random.Length != 0 ? random : key.PkSeed;
        if (IsInternal(group))
            SlhDsaFunctions.SignInternal(key, SlhDsaMessage.Internal(message), optRand, signature);
        else
            SlhDsaFunctions.SignDerandomized(key, Vectors.Hex(test, "context"), message, optRand, signature, PreHash(test));
        return signature;
    }

    public static bool Verify(SlhDsaParameters parameters, ReadOnlySpan<byte> publicKey, JsonElement group, JsonElement test, byte[] signature)
    {
        byte[] message = Vectors.Hex(test, "message");
        return IsInternal(group)
            ? SlhDsaFunctions.VerifyInternal(parameters, publicKey, SlhDsaMessage.Internal(message), signature)
            : SlhDsaFunctions.Verify(parameters, publicKey, Vectors.Hex(test, "context"), message, signature, PreHash(test));
    }
}
