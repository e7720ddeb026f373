using System.Text;
using Qssh.Crypto.Hashes;
using Qssh.Crypto.Signatures.MlDsa;
using Qssh.Json;

namespace Qssh.Selftest.Vectors;

/// <summary>ML-DSA-44, -65 and -87: the shapes of NIST, Wycheproof and CCTV.</summary>
internal static class MlDsaCases
{
    public static CaseVerdict Run(VectorCase test)
    {
        string name = test.Algorithm == "ML-DSA" ? test.Text("parameterSet") : test.Algorithm;
        string kind = Kind(test);
        if (kind == "fieldOperations" || test.Text("preHash") == "preHash")
            return CaseVerdict.Skipped(kind == "fieldOperations" ? "a test of inner functions" : "HashML-DSA is not offered");
        MlDsaParameters? parameters = Set(name);
        if (parameters is null)
            return CaseVerdict.Skipped($"parameter set {name} is not built");
        return kind switch
        {
            "keyGen" => KeyGen(parameters, test),
            "sigGen" => Sign(parameters, test, "signature"),
            "sigVer" => test.ExpectAccepted(Verify(parameters, test)),
            "MlDsaSign" => WycheproofSign(parameters, test),
            "MlDsaVerify" => test.ExpectAccepted(
                MlDsaVerifier.Verify(parameters, test.RequiredHex("publicKey"), test.Hex("ctx"), test.Hex("msg"), test.RequiredHex("sig"))),
            "accumulated" => Accumulated(parameters, test),
            "benchmarkMessages" => SeveralRounds(parameters, test),
            _ => throw new VectorShapeException($"\"type\" {kind} is unknown"),
        };
    }

    /// <summary>Keys and deterministic signatures of the empty message from one stream, under one hash.</summary>
    public static byte[] Accumulate(MlDsaParameters parameters, int iterations)
    {
        Keccak source = Keccak.Shake128(), sink = Keccak.Shake128();
        byte[] seed = new byte[MlDsaParameters.SeedSize], publicKey = new byte[parameters.PublicKeySize];
        for (int i = 0; i < iterations; i++)
        {
            source.Squeeze(seed);
            using MlDsaExpandedKey key = MlDsaExpandedKey.KeyGenInternal(parameters, seed, publicKey, default);
            byte[] signature = Sign(key, MuOfPure(key.Tr, [], []), []);
            if (!MlDsaVerifier.Verify(parameters, publicKey, default, default, signature))
                return [];
            sink.Absorb(publicKey);
            sink.Absorb(signature);
        }

        byte[] hash = new byte[32];
        sink.Squeeze(hash);
        return hash;
    }

    /// <summary>NIST tells it by the fields of the cases where our files leave "mode" to the head.</summary>
    private static string Kind(VectorCase test)
    {
        if (test.Has("type"))
            return test.Text("type");
        if (test.Has("testPassed"))
            return "sigVer";
        return test.Has("signature") || test.Has("signatureSha256") ? "sigGen" : "keyGen";
    }

    private static MlDsaParameters? Set(string name) => name switch
    {
        "ML-DSA-44" => MlDsaParameters.MlDsa44,
        "ML-DSA-65" => MlDsaParameters.MlDsa65,
        "ML-DSA-87" => MlDsaParameters.MlDsa87,
        "" => throw new VectorShapeException("\"parameterSet\" is missing"),
        _ => null,
    };

    private static CaseVerdict KeyGen(MlDsaParameters parameters, VectorCase test)
    {
        byte[] publicKey = new byte[parameters.PublicKeySize], privateKey = new byte[parameters.EncodedPrivateKeySize];
        MlDsaExpandedKey.KeyGenInternal(parameters, test.RequiredHex("seed", MlDsaParameters.SeedSize), publicKey, privateKey).Dispose();
        return test.Expect("pk", publicKey).And(test.Expect("sk", privateKey));
    }

    private static CaseVerdict Sign(MlDsaParameters parameters, VectorCase test, string name)
    {
        using MlDsaExpandedKey? key = Key(parameters, test);
        if (key is null)
            return CaseVerdict.Failed("the private key is refused");
        return test.Expect(name, Sign(key, Mu(test, key.Tr), test.Hex("rnd")));
    }

    private static bool Verify(MlDsaParameters parameters, VectorCase test)
    {
        byte[] publicKey = test.RequiredHex("pk"), signature = test.RequiredHex("signature");
        if (test.Text("signatureInterface") == "external")
            return MlDsaVerifier.Verify(parameters, publicKey, test.Hex("context"), test.Hex("message"), signature);
        if (publicKey.Length != parameters.PublicKeySize || signature.Length != parameters.SignatureSize)
            return false;
        byte[] tr = new byte[MlDsaParameters.LongSize];
        MlDsaHash.H(publicKey, default, tr);
        return MlDsaVerifier.VerifyInternal(parameters, publicKey, Mu(test, tr), signature);
    }

    private static byte[] Mu(VectorCase test, ReadOnlySpan<byte> tr)
    {
        switch (test.Text("signatureInterface"))
        {
            case "external":
                return MuOfPure(tr, Context(test, "context"), test.Hex("message"));
            case "internal" when test.Flag("externalMu"):
                return test.RequiredHex("mu", MlDsaParameters.LongSize);
            case "internal":
                byte[] mu = new byte[MlDsaParameters.LongSize];
                MlDsaHash.H(tr, test.Hex("message"), mu);
                return mu;
            default:
                throw new VectorShapeException("\"signatureInterface\" is neither external nor internal");
        }
    }

    private static CaseVerdict WycheproofSign(MlDsaParameters parameters, VectorCase test)
    {
        bool mustHold = test.MustHold();
        using MlDsaExpandedKey? key = Key(parameters, test);
        byte[] context = test.Hex("ctx");
        if (key is null || context.Length > MlDsaParameters.MaximumContextSize)
            return CaseVerdict.Of(!mustHold, "refused, must be accepted");
        if (!mustHold)
            return CaseVerdict.Failed("accepted, must be refused");
        byte[] mu = test.Has("msg") ? MuOfPure(key.Tr, context, test.Hex("msg")) : test.RequiredHex("mu", MlDsaParameters.LongSize);
        CaseVerdict verdict = test.Has("mu") ? test.Expect("mu", mu) : CaseVerdict.Passed;
        return verdict.And(test.Expect("sig", Sign(key, mu, test.Hex("rnd"))));
    }

    /// <summary>Null: refused.</summary>
    private static MlDsaExpandedKey? Key(MlDsaParameters parameters, VectorCase test)
    {
        string? seedName = test.Has("seed") ? "seed" : test.Has("privateSeed") ? "privateSeed" : null;
        if (seedName is null)
            return MlDsaExpandedKey.Decode(parameters, test.RequiredHex(test.Has("sk") ? "sk" : "privateKey"));
        byte[] seed = test.RequiredHex(seedName);
        return seed.Length == MlDsaParameters.SeedSize
            ? MlDsaExpandedKey.KeyGenInternal(parameters, seed, new byte[parameters.PublicKeySize], default)
            : null;
    }

    private static byte[] Context(VectorCase test, string name)
    {
        byte[] context = test.Hex(name);
        return context.Length <= MlDsaParameters.MaximumContextSize ? context : throw new VectorShapeException($"\"{name}\" is too long to sign with");
    }

    private static byte[] MuOfPure(ReadOnlySpan<byte> tr, byte[] context, byte[] message)
    {
        byte[] mu = new byte[MlDsaParameters.LongSize];
        MlDsaHash.Mu(tr, context, message, mu);
        return mu;
    }

    /// <param name="rnd">Empty: the deterministic variant.</param>
    private static byte[] Sign(MlDsaExpandedKey key, byte[] mu, byte[] rnd)
    {
        if (rnd.Length is not (0 or MlDsaParameters.ShortSize))
            throw new VectorShapeException($"\"rnd\" is not {MlDsaParameters.ShortSize} bytes");
        byte[] signature = new byte[key.Parameters.SignatureSize];
        MlDsaSigner.SignInternal(key, mu, rnd.Length == 0 ? new byte[MlDsaParameters.ShortSize] : rnd, signature);
        return signature;
    }

    private static CaseVerdict Accumulated(MlDsaParameters parameters, VectorCase test)
    {
        int iterations = test.Integer("iterations", int.MaxValue);
        return test.Skip(iterations) ?? test.Expect("hash", Accumulate(parameters, iterations));
    }

    /// <summary>No answers are published: what was signed must verify.</summary>
    private static CaseVerdict SeveralRounds(MlDsaParameters parameters, VectorCase test)
    {
        byte[] publicKey = new byte[parameters.PublicKeySize];
        using MlDsaExpandedKey key = MlDsaExpandedKey.KeyGenInternal(parameters, new byte[MlDsaParameters.SeedSize], publicKey, default);
        foreach (JsonNode node in test.Items("messages"))
        {
            byte[] message = Encoding.UTF8.GetBytes(node.Text() ?? throw new VectorShapeException("\"messages\" holds another thing than strings"));
            if (!MlDsaVerifier.Verify(parameters, publicKey, default, message, Sign(key, MuOfPure(key.Tr, [], message), [])))
                return CaseVerdict.Failed("an own signature does not verify");
        }

        return CaseVerdict.Passed;
    }
}
