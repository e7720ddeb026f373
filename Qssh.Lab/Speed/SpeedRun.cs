using System.Globalization;
using Qssh.Crypto.Curves;
using Qssh.Crypto.Hashes;
using Qssh.Crypto.Kem;
using Qssh.Crypto.Signatures;
using Qssh.Secrets;

namespace Qssh.Lab.Speed;

/// <summary>Medians of single operations in microseconds, a line each: "name microseconds". scripts/bench reads it.</summary>
internal static class SpeedRun
{
    private static readonly byte[] s_message = new byte[64];

    private static double s_seconds = 0.4;

    public static int Run(ReadOnlySpan<string> names)
    {
        if (!names.IsEmpty && double.TryParse(names[0], CultureInfo.InvariantCulture, out double seconds))
        {
            s_seconds = seconds;
            names = names[1..];
        }

        foreach ((string name, Action<string> run) in All)
        {
            if (names.IsEmpty || names.Contains(name))
                run(name);
        }

        return 0;
    }

    private static (string Name, Action<string> Run)[] All { get; } =
    [
        ("shake256-1MiB", Shake),
        ("x25519", Agree),
        ("mlkem768", name => Kem(name, MlKem.MlKem768)),
        ("mlkem1024", name => Kem(name, MlKem.MlKem1024)),
        ("mldsa65", name => Sign(name, SignatureScheme.MlDsa65)),
        ("mldsa87", name => Sign(name, SignatureScheme.MlDsa87)),
        ("falcon512", name => Sign(name, SignatureScheme.Falcon512)),
        ("falcon1024", name => Sign(name, SignatureScheme.Falcon1024)),
        ("slhdsa-shake-128f", name => Sign(name, SignatureScheme.SlhDsaShake128f)),
        ("slhdsa-shake-128s", name => Sign(name, SignatureScheme.SlhDsaShake128s)),
    ];

    private static void Report(string name, string operation, Action run) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}-{operation} {Stopclock.Median(s_seconds, run):F2}"));

    private static void Shake(string name)
    {
        byte[] data = new byte[1 << 20];
        byte[] hash = new byte[32];
        Report(name, "absorb", () => Shake256.Hash(data, hash));
        Report(name, "squeeze", () => Shake256.Hash(hash, data));
    }

    private static void Agree(string name)
    {
        byte[] scalar = new byte[X25519.Size];
        byte[] point = new byte[X25519.Size];
        byte[] shared = new byte[X25519.Size];
        scalar.AsSpan().Fill(0x55);
        point[0] = 9;
        Report(name, "agree", () => X25519.Agree(scalar, point, shared));
    }

    private static void Kem(string name, MlKem kem)
    {
        using MlKemKey key = kem.KeyGen();
        byte[] ek = key.EncapsulationKey.ToArray();
        byte[] ciphertext = new byte[kem.Parameters.CiphertextSize];
        byte[] shared = new byte[MlKem.SharedSecretSize];
        Report(name, "keygen", () => kem.KeyGen().Dispose());
        Report(name, "encaps", () => kem.Encaps(ek, shared, ciphertext));
        Report(name, "decaps", () => key.Decaps(ciphertext, shared));
    }

    private static void Sign(string name, SignatureScheme scheme)
    {
        SignatureAlgorithm algorithm = SignatureAlgorithm.Find(scheme) ?? throw new InvalidOperationException("not built");
        using SigningKey key = algorithm.GenerateKey();
        byte[] signature = new byte[algorithm.SignatureSize];
        byte[] publicKey = key.PublicKey.ToArray();
        using SecretBuffer privateForm = new(key.PrivateForm);
        Report(name, "keygen", () => algorithm.GenerateKey().Dispose());
        Report(name, "load", () => algorithm.LoadKey(privateForm.Span)!.Dispose());
        // With its check: that is what leaves the signer.
        Report(name, "sign", () => key.Sign(s_message, signature));
        Report(name, "verify", () => algorithm.Verify(publicKey, s_message, signature));
    }
}
