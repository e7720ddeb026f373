using System.Text.Json;
using Qssh.Crypto.Signatures.MlDsa;
using Qssh.Tests.Support;

namespace Qssh.Tests.Crypto.Signatures.MlDsa;

/// <summary>One published case: how to find its parameter set, key, message representative and randomness.</summary>
internal static class MlDsaCase
{
    public static MlDsaParameters Parameters(string name) => name switch
    {
        "ML-DSA-44" => MlDsaParameters.MlDsa44,
        "ML-DSA-65" => MlDsaParameters.MlDsa65,
        "ML-DSA-87" => MlDsaParameters.MlDsa87,
        _ => throw new ArgumentException(name),
    };

    public static bool Is(JsonElement element, string name, string value) =>
        element.TryGetProperty(name, out JsonElement found) && found.ValueKind == JsonValueKind.String && found.GetString() == value;

    public static bool IsTrue(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement found) && found.ValueKind == JsonValueKind.True;

    /// <summary>Null where the private key is malformed.</summary>
    public static MlDsaExpandedKey? Key(MlDsaParameters parameters, JsonElement holder)
    {
        foreach (string name in (string[])["seed", "privateSeed"])
        {
            if (!holder.TryGetProperty(name, out JsonElement seed))
                continue;
            byte[] xi = Vectors.Hex(seed);
            return xi.Length == MlDsaParameters.SeedSize
                ? MlDsaExpandedKey.KeyGenInternal(parameters, xi, new byte[parameters.PublicKeySize], default)
                : null;
        }

        return MlDsaExpandedKey.Decode(parameters, Vectors.Hex(holder.GetProperty(holder.TryGetProperty("sk", out _) ? "sk" : "privateKey")));
    }

    public static byte[] MuOfPure(ReadOnlySpan<byte> tr, byte[] context, byte[] message)
    {
        byte[] mu = new byte[MlDsaParameters.LongSize];
        MlDsaHash.Mu(tr, context, message, mu);
        return mu;
    }

    public static byte[] MuOfInternal(ReadOnlySpan<byte> tr, byte[] message)
    {
        byte[] mu = new byte[MlDsaParameters.LongSize];
        MlDsaHash.H(tr, message, mu);
        return mu;
    }

    /// <summary>Deterministic where rnd is missing.</summary>
    public static byte[] Sign(MlDsaExpandedKey key, byte[] mu, byte[]? rnd = null)
    {
        byte[] signature = new byte[key.Parameters.SignatureSize];
        MlDsaSigner.SignInternal(key, mu, rnd is { Length: > 0 } ? rnd : new byte[MlDsaParameters.ShortSize], signature);
        return signature;
    }

    public static byte[] Tr(byte[] publicKey)
    {
        byte[] tr = new byte[MlDsaParameters.LongSize];
        MlDsaHash.H(publicKey, default, tr);
        return tr;
    }
}
