using Qssh.Crypto.Kem;

namespace Qssh.Selftest.Vectors;

/// <summary>CH-KEM-v1 and X-Wing.</summary>
internal static class HybridCases
{
    private const int MlKemPart = MlKem.SharedSecretSize;

    public static CaseVerdict XWing(VectorCase test)
    {
        HybridKem kem = HybridKem.Find((byte)KemId.XWing)!;
        return test.Text("type") switch
        {
            "invalid" => Refused(kem, test, "pk", "ct"),
            "decapsModified" => Decaps(kem, test, "ct", "ss", EncapsulatorRole.Server),
            "draft" or "generated" => RoundTrip(kem, test, EncapsulatorRole.Server, ("pk", "eseed", "ct", "ss")),
            string other => throw new VectorShapeException($"\"type\" {other} is unknown"),
        };
    }

    public static CaseVerdict Ch(VectorCase test)
    {
        HybridKem kem = HybridKem.Find((byte)KemId.ChKem1024)!;
        return test.Text("type") switch
        {
            "encapsDecaps" => RoundTrip(kem, test, Role(test), ("public_key", "encap_seed", "ciphertext", "shared_secret")).And(Transcript(kem, test)),
            "decapsModified" => Decaps(kem, test, "ciphertext", "shared_secret", Role(test)),
            "invalid" => Refused(kem, test, "public_key", "ciphertext"),
            "records" => AeadCases.Record(test),
            "keySchedule" or "authFolds" => CaseVerdict.Skipped("the key schedule of another protocol"),
            string other => throw new VectorShapeException($"\"type\" {other} is unknown"),
        };
    }

    /// <summary>One entry of kem_suites in the published file.</summary>
    public static CaseVerdict Suite(VectorCase test) => test.Integer("id", 255) switch
    {
        1 => RoundTrip(HybridKem.Find((byte)KemId.ChKem1024)!, test, EncapsulatorRole.Server, ("public_key", "encap_seed", "ciphertext", "shared_secret")),
        2 => RoundTrip(HybridKem.Find((byte)KemId.XWing)!, test, EncapsulatorRole.Server, ("public_key", "encap_seed", "ciphertext", "shared_secret")),
        _ => CaseVerdict.Skipped("another suite"),
    };

    private static CaseVerdict RoundTrip(HybridKem kem, VectorCase test, EncapsulatorRole role, (string Share, string Seed, string Ciphertext, string Secret) names)
    {
        using HybridKemKey key = kem.KeyFromSeed(test.RequiredHex("seed", kem.SeedSize));
        byte[] c = new byte[kem.CiphertextSize], z = new byte[HybridKem.SecretSize], same = new byte[HybridKem.SecretSize];
        if (!kem.EncapsulateDerandomized(test.RequiredHex(names.Share), role, test.RequiredHex(names.Seed, HybridKem.EncapSeedSize), c, z))
            return CaseVerdict.Failed("refused, must be accepted");
        bool agrees = key.Decapsulate(c, role, same) && z.AsSpan().SequenceEqual(same);
        return test.Expect(names.Share, key.Share).And(test.Expect(names.Ciphertext, c)).And(test.Expect(names.Secret, z.AsSpan(MlKemPart)))
            .And(CaseVerdict.Of(agrees, "both sides do not agree"));
    }

    private static CaseVerdict Transcript(HybridKem kem, VectorCase test)
    {
        byte[] t = new byte[32];
        ChKem.Transcript(new HybridInputs(kem, test.RequiredHex("public_key"), test.RequiredHex("ciphertext"), [], []), Role(test), t);
        return test.Expect("transcript_hash", t);
    }

    private static CaseVerdict Decaps(HybridKem kem, VectorCase test, string ciphertext, string secret, EncapsulatorRole role)
    {
        using HybridKemKey key = kem.KeyFromSeed(test.RequiredHex("seed", kem.SeedSize));
        byte[] z = new byte[HybridKem.SecretSize];
        return key.Decapsulate(test.RequiredHex(ciphertext), role, z)
            ? test.Expect(secret, z.AsSpan(MlKemPart))
            : CaseVerdict.Failed("refused, must be accepted");
    }

    private static CaseVerdict Refused(HybridKem kem, VectorCase test, string share, string ciphertext)
    {
        byte[] z = new byte[HybridKem.SecretSize];
        bool accepted;
        switch (test.Text("operation"))
        {
            case "encaps":
                accepted = kem.Encapsulate(test.RequiredHex(share), EncapsulatorRole.Server, new byte[kem.CiphertextSize], z);
                break;
            case "decaps":
                using (HybridKemKey key = kem.KeyFromSeed(test.RequiredHex("seed", kem.SeedSize)))
                    accepted = key.Decapsulate(test.RequiredHex(ciphertext), EncapsulatorRole.Server, z);
                break;
            case "keygen":
                accepted = test.RequiredHex("seed").Length == kem.SeedSize;
                break;
            default:
                throw new VectorShapeException("\"operation\" is none of encaps, decaps, keygen");
        }

        return CaseVerdict.Of(!accepted, "accepted, must be refused");
    }

    private static EncapsulatorRole Role(VectorCase test) => test.Integer("role", 2) switch
    {
        1 => EncapsulatorRole.Client,
        2 => EncapsulatorRole.Server,
        _ => throw new VectorShapeException("\"role\" is neither 1 nor 2"),
    };
}
