using Qssh.Crypto.Hashes;
using Qssh.Crypto.Signatures;
using Qssh.Crypto.Signatures.Falcon;
using Qssh.Crypto.Signatures.MlDsa;
using Qssh.Crypto.Signatures.SlhDsa;

namespace Qssh.Lab.Memcheck;

/// <summary>Signing with hidden keys and hidden randomness. A signature is public once it is made, and must verify.</summary>
internal static class SignatureCases
{
    private static readonly byte[] s_message = "constant time"u8.ToArray();

    public static IReadOnlyList<(string Name, Action Run)> All { get; } =
    [
        ("mldsa44-keygen-sign", () => SignMlDsa(SignatureScheme.MlDsa44)),
        ("mldsa65-keygen-sign", () => SignMlDsa(SignatureScheme.MlDsa65)),
        ("mldsa87-keygen-sign", () => SignMlDsa(SignatureScheme.MlDsa87)),
        ("slhdsa-shake-128f-sign", () => SignSlhDsa(SlhDsaParameters.Shake128f)),
        ("slhdsa-sha2-128f-sign", () => SignSlhDsa(SlhDsaParameters.Sha2128f)),
        ("falcon512-keygen-native", () => GenerateFalcon(FalconArithmetic.Native)),
        ("falcon512-keygen-emulated", () => GenerateFalcon(FalconArithmetic.Emulated)),
        ("falcon512-load", LoadFalcon),
        ("falcon512-sign-native", () => SignFalcon(FalconParameters.Falcon512, FalconArithmetic.Native)),
        ("falcon512-sign-emulated", () => SignFalcon(FalconParameters.Falcon512, FalconArithmetic.Emulated)),
        ("falcon1024-sign-native", () => SignFalcon(FalconParameters.Falcon1024, FalconArithmetic.Native)),
    ];

    /// <summary>Several signatures, so that candidates are refused for every reason.</summary>
    private static void SignMlDsa(SignatureScheme scheme)
    {
        SignatureAlgorithm algorithm = SignatureAlgorithm.Find(scheme) ?? throw new InvalidOperationException("not built");
        using Secret seed = new(algorithm.SeedSize);
        using SigningKey key = algorithm.KeyFromSeed(seed);
        byte[] signature = new byte[algorithm.SignatureSize];
        for (int i = 0; i < 8; i++)
        {
            s_message[0] = (byte)i;
            key.Sign(s_message, signature);
        }
    }

    private static void SignSlhDsa(SlhDsaParameters parameters)
    {
        byte[] seeds = new byte[parameters.SeedsSize];
        using SlhDsaPrivateKey clean = SlhDsaPrivateKey.FromSeeds(parameters, seeds);
        using Secret hidden = new(clean.Encoded);
        Valgrind.MarkDefined(hidden.Span[(2 * parameters.N)..]);
        using SlhDsaPrivateKey key = SlhDsaPrivateKey.Decode(parameters, hidden) ?? throw new InvalidOperationException("refused");
        using Secret randomness = new(parameters.N);
        byte[] signature = new byte[parameters.SignatureSize];
        SlhDsaFunctions.SignDerandomized(key, default, s_message, randomness, signature);
        Valgrind.MarkDefined<byte>(signature);
        if (!SlhDsaFunctions.Verify(parameters, clean.PublicKey, default, s_message, signature))
            throw new InvalidOperationException("does not verify");
    }

    private static void GenerateFalcon(FalconArithmetic arithmetic)
    {
        using Secret seed = new(FalconKeyGenerator.SeedSize);
        using FalconPrivateKey key = FalconKeyGenerator.Generate(FalconParameters.Falcon512, seed, arithmetic);
        _ = key.PublicKey() ?? throw new InvalidOperationException("no inverse");
    }

    /// <summary>What every start of a server does with its host key.</summary>
    private static void LoadFalcon()
    {
        SignatureAlgorithm algorithm = SignatureAlgorithm.Find(SignatureScheme.Falcon512) ?? throw new InvalidOperationException("not built");
        using SigningKey clean = algorithm.KeyFromSeed(new byte[algorithm.SeedSize]);
        using Secret hidden = new(clean.PrivateForm);
        Valgrind.MarkDefined(hidden.Span[..FalconParameters.HeaderSize]);
        using SigningKey key = algorithm.LoadKey(hidden) ?? throw new InvalidOperationException("refused");
        byte[] signature = new byte[algorithm.SignatureSize];
        key.Sign(s_message, signature);
    }

    /// <summary>Expands a hidden key (divisions and roots included) and signs with a hidden seed.</summary>
    private static void SignFalcon(FalconParameters parameters, FalconArithmetic arithmetic)
    {
        Span<byte> nonce = stackalloc byte[FalconParameters.NonceSize];
        nonce.Clear();
        using FalconPrivateKey key = FalconKeyGenerator.Generate(parameters, new byte[FalconKeyGenerator.SeedSize], FalconArithmetic.Native);
        byte[] publicKey = key.PublicKey() ?? throw new InvalidOperationException("no inverse");
        Valgrind.MarkUndefined<sbyte>(key.f);
        Valgrind.MarkUndefined<sbyte>(key.g);
        Valgrind.MarkUndefined<sbyte>(key.F);
        Valgrind.MarkUndefined<sbyte>(key.G);
        using FalconExpandedKey expanded = FalconExpandedKey.Create(key, arithmetic);
        byte[] signature = new byte[parameters.SignatureSize];
        for (byte i = 0; i < 2; i++)
        {
            using Secret seed = new(48, i);
            Keccak source = Keccak.Shake256();
            source.Absorb(seed);
            FalconSigner.SignPadded(expanded, nonce, s_message, ref source, signature);
            Valgrind.MarkDefined<byte>(signature);
            if (!FalconVerifier.VerifyPadded(parameters, publicKey, s_message, signature))
                throw new InvalidOperationException("does not verify");
        }
    }
}
