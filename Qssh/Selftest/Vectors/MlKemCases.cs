using Qssh.Crypto.Hashes;
using Qssh.Crypto.Kem;

namespace Qssh.Selftest.Vectors;

/// <summary>ML-KEM-768 and ML-KEM-1024: the shapes of NIST, Wycheproof and CCTV.</summary>
internal static class MlKemCases
{
    private const int Seed = MlKemParameters.SeedSize;

    public static CaseVerdict Run(VectorCase test)
    {
        MlKem? kem = Set(test.Text("parameterSet"));
        if (kem is null)
            return CaseVerdict.Skipped($"parameter set {test.Text("parameterSet")} is not built");
        return (test.Has("function") ? test.Text("function") : test.Has("type") ? test.Text("type") : "keyGen") switch
        {
            "keyGen" => KeyGen(kem, test, test.RequiredHex("d", Seed), test.RequiredHex("z", Seed)),
            "MLKEMKeyGen" => KeyGen(kem, test, test.RequiredHex("seed", 2 * Seed)[..Seed], test.RequiredHex("seed", 2 * Seed)[Seed..]),
            "encapsulation" => Encaps(kem, test, "k"),
            "MLKEMEncapsTest" => test.MustHold() ? Encaps(kem, test, "K") : Refuses(kem, test),
            "encapsulationKeyCheck" => test.ExpectAccepted(Accepts(kem, test.RequiredHex("ek"))),
            "decapsulationKeyCheck" => KeyCheck(kem, test),
            "decapsulation" => Decaps(kem, test, "k", true),
            "MLKEMTest" or "MLKEMDecapsValidationTest" or "MLKEMDecapsTest" => Decaps(kem, test, "K", test.MustHold()),
            "strcmp" => Decaps(kem, test, "K", true),
            "unluckySample" => Encaps(kem, test, "K").And(Decaps(kem, test, "K", true)),
            "modulus" => Refuses(kem, test),
            "accumulated" => Accumulated(kem, test),
            string other => throw new VectorShapeException($"\"function\" or \"type\" {other} is unknown"),
        };
    }

    public static MlKem? Set(string name) => name switch
    {
        "ML-KEM-768" => MlKem.MlKem768,
        "ML-KEM-1024" => MlKem.MlKem1024,
        "" => throw new VectorShapeException("\"parameterSet\" is missing"),
        _ => null,
    };

    /// <summary>Key pairs, encapsulations, decapsulations and rejections from one stream, under one hash.</summary>
    public static byte[] Accumulate(MlKem kem, int iterations)
    {
        Keccak source = Keccak.Shake128(), sink = Keccak.Shake128();
        byte[] seed = new byte[2 * Seed], m = new byte[Seed], c = new byte[kem.Parameters.CiphertextSize];
        byte[] secret = new byte[MlKem.SharedSecretSize], same = new byte[MlKem.SharedSecretSize];
        for (int i = 0; i < iterations; i++)
        {
            source.Squeeze(seed);
            using MlKemKey key = kem.KeyGenInternal(seed.AsSpan(0, Seed), seed.AsSpan(Seed));
            sink.Absorb(key.EncapsulationKey);
            source.Squeeze(m);
            bool holds = kem.EncapsInternal(key.EncapsulationKey, m, secret, c) & key.Decaps(c, same) & secret.AsSpan().SequenceEqual(same);
            if (!holds)
                return [];
            sink.Absorb(c);
            sink.Absorb(secret);
            source.Squeeze(c);
            key.Decaps(c, secret);
            sink.Absorb(secret);
        }

        byte[] hash = new byte[32];
        sink.Squeeze(hash);
        return hash;
    }

    private static CaseVerdict KeyGen(MlKem kem, VectorCase test, byte[] d, byte[] z)
    {
        using MlKemKey key = kem.KeyGenInternal(d, z);
        byte[] dk = new byte[kem.Parameters.DecapsulationKeySize];
        key.Export(dk);
        return test.Expect("ek", key.EncapsulationKey).And(test.Expect("dk", dk));
    }

    private static CaseVerdict Encaps(MlKem kem, VectorCase test, string secretName)
    {
        byte[] c = new byte[kem.Parameters.CiphertextSize], k = new byte[MlKem.SharedSecretSize];
        if (!kem.EncapsInternal(test.RequiredHex("ek"), test.RequiredHex("m", Seed), k, c))
            return CaseVerdict.Failed("refused, must be accepted");
        return test.Expect("c", c).And(test.Expect(secretName, k));
    }

    private static CaseVerdict Refuses(MlKem kem, VectorCase test) =>
        CaseVerdict.Of(!Accepts(kem, test.RequiredHex("ek")), "accepted, must be refused");

    private static bool Accepts(MlKem kem, byte[] ek) =>
        kem.Encaps(ek, new byte[MlKem.SharedSecretSize], new byte[kem.Parameters.CiphertextSize]);

    private static CaseVerdict KeyCheck(MlKem kem, VectorCase test)
    {
        using MlKemKey? key = MlKemKey.Import(kem.Parameters, test.RequiredHex("dk"));
        return test.ExpectAccepted(key is not null);
    }

    private static CaseVerdict Decaps(MlKem kem, VectorCase test, string secretName, bool mustHold)
    {
        using MlKemKey? key = Key(kem, test);
        byte[] secret = new byte[MlKem.SharedSecretSize];
        bool accepted = key is not null && key.Decaps(test.RequiredHex("c"), secret);
        if (accepted != mustHold)
            return CaseVerdict.Failed(accepted ? "accepted, must be refused" : "refused, must be accepted");
        return accepted ? test.Expect(secretName, secret) : CaseVerdict.Passed;
    }

    /// <summary>Null: refused.</summary>
    private static MlKemKey? Key(MlKem kem, VectorCase test)
    {
        if (test.Has("dk"))
            return MlKemKey.Import(kem.Parameters, test.RequiredHex("dk"));
        if (test.Has("d"))
            return kem.KeyGenInternal(test.RequiredHex("d", Seed), test.RequiredHex("z", Seed));
        byte[] seed = test.RequiredHex("seed");
        return seed.Length == 2 * Seed ? kem.KeyGenInternal(seed.AsSpan(0, Seed), seed.AsSpan(Seed)) : null;
    }

    private static CaseVerdict Accumulated(MlKem kem, VectorCase test)
    {
        int iterations = test.Integer("iterations", int.MaxValue);
        return test.Skip(iterations) ?? test.Expect("hash", Accumulate(kem, iterations));
    }
}
