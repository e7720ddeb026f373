using Qssh.Crypto.Signatures.SlhDsa;
using Qssh.Json;

namespace Qssh.Selftest.Vectors;

/// <summary>All twelve sets of SLH-DSA: NIST's shapes, and signatures broken in one place at a time.</summary>
internal static class SlhDsaCases
{
    public static CaseVerdict Run(VectorCase test)
    {
        string name = test.Text("parameterSet");
        SlhDsaParameters? parameters = SlhDsaParameters.FindByName(name);
        if (parameters is null)
            return name.Length == 0 ? throw new VectorShapeException("\"parameterSet\" is missing") : CaseVerdict.Skipped($"parameter set {name} is not built");
        if (test.Has("patch"))
            return Patched(parameters, test);
        if (test.Has("testPassed"))
            return test.ExpectAccepted(Verify(parameters, test.RequiredHex("pk"), test, test.RequiredHex("signature")));
        return test.Has("signature") || test.Has("signatureSha256") ? Sign(parameters, test) : KeyGen(parameters, test);
    }

    private static CaseVerdict KeyGen(SlhDsaParameters parameters, VectorCase test)
    {
        int n = parameters.N;
        byte[] seeds = [.. test.RequiredHex("skSeed", n), .. test.RequiredHex("skPrf", n), .. test.RequiredHex("pkSeed", n)];
        using SlhDsaPrivateKey key = SlhDsaPrivateKey.FromSeeds(parameters, seeds);
        return test.Expect("sk", key.Encoded).And(test.Expect("pk", key.PublicKey));
    }

    /// <summary>Deterministic where additionalRandomness is missing.</summary>
    private static CaseVerdict Sign(SlhDsaParameters parameters, VectorCase test)
    {
        using SlhDsaPrivateKey? key = SlhDsaPrivateKey.Decode(parameters, test.RequiredHex("sk"));
        if (key is null)
            return CaseVerdict.Failed("the private key is refused");
        byte[] signature = new byte[parameters.SignatureSize], message = test.Hex("message"), random = test.Hex("additionalRandomness"), context = test.Hex("context");
        if (context.Length > SlhDsaParameters.MaximumContextSize || random.Length is not 0 && random.Length != parameters.N)
            throw new VectorShapeException("\"context\" or \"additionalRandomness\" has the wrong length");
        ReadOnlySpan<byte> optRand = random.Length != 0 ? random : key.PkSeed;
        if (IsInternal(test))
            SlhDsaFunctions.SignInternal(key, SlhDsaMessage.Internal(message), optRand, signature);
        else if (TryPreHash(test, out SlhDsaPreHash? preHash))
            SlhDsaFunctions.SignDerandomized(key, context, message, optRand, signature, preHash);
        else
            return CaseVerdict.Skipped($"{test.Text("hashAlg")} is not built");
        return test.Expect("signature", signature).And(CaseVerdict.Of(Verify(parameters, key.PublicKey, test, signature), "the signature does not verify"));
    }

    private static bool Verify(SlhDsaParameters parameters, ReadOnlySpan<byte> publicKey, VectorCase test, byte[] signature)
    {
        byte[] message = test.Hex("message");
        if (IsInternal(test))
            return SlhDsaFunctions.VerifyInternal(parameters, publicKey, SlhDsaMessage.Internal(message), signature);
        if (!TryPreHash(test, out SlhDsaPreHash? preHash))
            throw new VectorShapeException("\"hashAlg\" is unknown");
        return SlhDsaFunctions.Verify(parameters, publicKey, test.Hex("context"), message, signature, preHash);
    }

    private static CaseVerdict Patched(SlhDsaParameters parameters, VectorCase test)
    {
        byte[] publicKey = test.RequiredHex("pk"), context = test.Hex("context"), message = test.Hex("message"), signature = test.RequiredHex("signature");
        foreach (JsonNode node in test.Items("patch"))
        {
            VectorCase patch = test.With(node);
            switch (patch.Text("field"))
            {
                case "pk": publicKey = Apply(patch, node, publicKey); break;
                case "context": context = Apply(patch, node, context); break;
                case "message": message = Apply(patch, node, message); break;
                case "signature": signature = Apply(patch, node, signature); break;
                default: throw new VectorShapeException("a patch of an unknown field");
            }
        }

        return test.ExpectAccepted(SlhDsaFunctions.Verify(parameters, publicKey, context, message, signature));
    }

    private static byte[] Apply(VectorCase patch, JsonNode node, byte[] value)
    {
        if (node.TryGet("set"u8, out _))
            return patch.RequiredHex("set");
        if (node.TryGet("append"u8, out _))
            return [.. value, .. patch.RequiredHex("append")];
        if (node.TryGet("truncate"u8, out _))
            return value[..^patch.Integer("truncate", value.Length)];
        byte[] changed = value.AsSpan().ToArray(), bits = patch.RequiredHex("xor");
        int offset = patch.Integer("offset", value.Length);
        if (bits.Length > value.Length - offset)
            throw new VectorShapeException("a patch beyond its field");
        for (int i = 0; i < bits.Length; i++)
            changed[offset + i] ^= bits[i];
        return changed;
    }

    private static bool IsInternal(VectorCase test) => test.Text("signatureInterface") switch
    {
        "internal" => true,
        "external" => false,
        _ => throw new VectorShapeException("\"signatureInterface\" is neither external nor internal"),
    };

    /// <summary>Null for the pure form; false for a hash that is unknown.</summary>
    private static bool TryPreHash(VectorCase test, out SlhDsaPreHash? preHash)
    {
        preHash = test.Has("hashAlg") ? SlhDsaPreHash.FindByName(test.Text("hashAlg")) : null;
        return preHash is not null || !test.Has("hashAlg");
    }
}
