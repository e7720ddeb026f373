using System.Buffers.Binary;
using Qssh.Crypto.Hashes;
using Qssh.Crypto.Signatures.Falcon;

namespace Qssh.Selftest.Vectors;

/// <summary>Falcon of round 3: the known answers of the submission, driven with what its generator gave, and verifications.</summary>
internal static class FalconCases
{
    public static CaseVerdict Run(VectorCase test)
    {
        string name = test.Text("parameterSet");
        FalconParameters? parameters = Set(name);
        if (parameters is null)
            return name.Length == 0 ? throw new VectorShapeException("\"parameterSet\" is missing") : CaseVerdict.Skipped($"parameter set {name} is not built");
        return test.Text("type") switch
        {
            "nistKat" => KnownAnswer(parameters, test),
            "verify" => Verify(parameters, test),
            string other => throw new VectorShapeException($"\"type\" {other} is unknown"),
        };
    }

    private static FalconParameters? Set(string name) => name switch
    {
        "Falcon-512" => FalconParameters.Falcon512,
        "Falcon-1024" => FalconParameters.Falcon1024,
        _ => null,
    };

    /// <summary>The key is made with the reals of this machine, signatures with both kinds.</summary>
    private static CaseVerdict KnownAnswer(FalconParameters parameters, VectorCase test)
    {
        using FalconPrivateKey made = FalconKeyGenerator.Generate(parameters, test.RequiredHex("keygenSeed"), FalconArithmeticChoice.Default);
        byte[] publicKey = made.PublicKey() ?? [];
        CaseVerdict verdict = test.Expect("sk", Encode(made)).And(test.Expect("pk", publicKey));
        byte[] nonce = test.RequiredHex("nonce", FalconParameters.NonceSize), message = test.Hex("msg"), seed = test.RequiredHex("signSeed");
        for (FalconArithmetic arithmetic = FalconArithmetic.Native; arithmetic <= FalconArithmetic.Emulated; arithmetic++)
        {
            using FalconPrivateKey? key = FalconPrivateKey.Decode(parameters, test.RequiredHex("sk"));
            if (key is null)
                return CaseVerdict.Failed("the private key is refused");
            using FalconExpandedKey expanded = FalconExpandedKey.Create(key, arithmetic);
            byte[] signature = Sign(expanded, nonce, message, seed);
            verdict = verdict.And(CaseVerdict.Of(IsPublished(test, parameters, signature), arithmetic == FalconArithmetic.Native ? "another signature (native reals)" : "another signature (emulated reals)"))
                .And(CaseVerdict.Of(FalconVerifier.VerifyPadded(parameters, test.RequiredHex("pk"), message, signature), "the signature does not verify"));
        }

        return verdict;
    }

    /// <summary>Our padded form: the same bytes with another header, and zeros behind them.</summary>
    private static bool IsPublished(VectorCase test, FalconParameters parameters, ReadOnlySpan<byte> signature)
    {
        byte[] signed = test.RequiredHex("sm");
        int length = signed.Length < 2 ? 0 : BinaryPrimitives.ReadUInt16BigEndian(signed);
        if (length < 1 || length > signed.Length - 2)
            throw new VectorShapeException("\"sm\" does not hold what its length says");
        ReadOnlySpan<byte> part = signed.AsSpan()[^length..], compressed = signature[(FalconParameters.HeaderSize + FalconParameters.NonceSize)..];
        return part[0] == 0x20 + parameters.LogN && compressed.StartsWith(part[1..]) && !compressed[(length - 1)..].ContainsAnyExcept((byte)0);
    }

    private static CaseVerdict Verify(FalconParameters parameters, VectorCase test)
    {
        byte[] publicKey = test.RequiredHex("pk"), message = test.Hex("msg"), signature = test.RequiredHex("signature");
        return test.ExpectAccepted(FalconVerifier.VerifyCompressed(parameters, publicKey, message, signature));
    }

    private static byte[] Sign(FalconExpandedKey key, byte[] nonce, byte[] message, byte[] seed)
    {
        byte[] signature = new byte[key.Parameters.SignatureSize];
        Keccak source = Keccak.Shake256();
        source.Absorb(seed);
        FalconSigner.SignPadded(key, nonce, message, ref source, signature);
        return signature;
    }

    private static byte[] Encode(FalconPrivateKey key)
    {
        byte[] encoded = new byte[key.Parameters.PrivateKeySize];
        key.Encode(encoded);
        return encoded;
    }
}
