using Qssh.Crypto.Hashes;
using Qssh.Crypto.Signatures.Falcon;
using static Qssh.Selftest.Answers.Answer;

namespace Qssh.Selftest.Answers;

/// <summary>Case 0 of the round-3 submission with both kinds of reals; its keys and signatures as SHA3-256.</summary>
internal static class FalconAnswers
{
    private const string KeySeed = "7c9935a0b07694aa0c6d10e4db6b1add2fd81a25ccb148032dcd739936737f2db505d7cfad1b497499323c8686325e47";
    private const string Nonce = "33b3c07507e4201748494d832b6ee2a6c93bff9b0ee343b550d1f85a3d0de0d704c6d17842951309";
    private const string SignSeed = "c4731c3819f29b78474da5eaa38b5e98b253547d766cf23d50e88731c01ca6e1186cf7504e36ae12b4e9e814c06e68eb";
    private const string Message = "d81c4d8d734fcbfbeade3d3f8a039faa2a2c9957e835ad55b22e75bf57bb556ac8";

    public static void AddTo(List<KnownAnswer> all)
    {
        Add(all, "Falcon-512", FalconParameters.Falcon512,
            "b208d89fdbca844b8095cdbadc766e6335474ec3d8e9c7c55d464139ac2ca66b",
            "09b65197376b7bb222f6049c49569e066ba43a29c2fada1157685c56a4291e5c",
            "aa3c61e570f816e216c32796f4a6973af83dcecf553f33ae79afc81d0c6f6f6a");
        Add(all, "Falcon-1024", FalconParameters.Falcon1024,
            "ea49c7835cab62ef55ff4060328243067166883cf85983a269de37a3a30bcdab",
            "8162c9ca14e08903611d708a2162cb5e598eeccf55e8a84aab1da090239044f9",
            "7b93cda51bf788cc440f5ae7fc9c233d39eb17655a9da35b84a0330d445005bb");
    }

    private static void Add(List<KnownAnswer> all, string name, FalconParameters parameters, string publicKey, string privateKey, string signature)
    {
        all.Add(new KnownAnswer(name + ", native reals", () => Run(parameters, FalconArithmetic.Native, publicKey, privateKey, signature)));
        all.Add(new KnownAnswer(name + ", emulated reals", () => Run(parameters, FalconArithmetic.Emulated, publicKey, privateKey, signature)));
    }

    /// <summary>Key, signature and verification.</summary>
    private static bool Run(FalconParameters parameters, FalconArithmetic arithmetic, string publicKey, string privateKey, string expected)
    {
        using FalconPrivateKey key = FalconKeyGenerator.Generate(parameters, Hex(KeySeed), arithmetic);
        byte[] encoded = new byte[parameters.PrivateKeySize], signature = new byte[parameters.SignatureSize];
        key.Encode(encoded);
        if (key.PublicKey() is not { } made || !DigestIs(made, publicKey) || !DigestIs(encoded, privateKey))
            return false;
        using FalconExpandedKey expanded = FalconExpandedKey.Create(key, arithmetic);
        Keccak source = Keccak.Shake256();
        source.Absorb(Hex(SignSeed));
        FalconSigner.SignPadded(expanded, Hex(Nonce), Hex(Message), ref source, signature);
        bool holds = DigestIs(signature, expected) && FalconVerifier.VerifyPadded(parameters, made, Hex(Message), signature);
        signature[100] ^= 1;
        return holds && !FalconVerifier.VerifyPadded(parameters, made, Hex(Message), signature);
    }
}
