using Qssh.Crypto.Curves;
using Qssh.Crypto.Kem;
using static Qssh.Lab.Cross.CrossCommands;

namespace Qssh.Lab.Cross;

internal static class KemCommands
{
    public static string? Answer(string algorithm, string operation, string[] words) => (algorithm, operation) switch
    {
        ("mlkem768", _) => Answer(MlKem.MlKem768, operation, words),
        ("mlkem1024", _) => Answer(MlKem.MlKem1024, operation, words),
        ("x25519", "agree") => Agree(words),
        _ => null,
    };

    private static string? Answer(MlKem kem, string operation, string[] words) => operation switch
    {
        "keygen" => Generate(kem, Bytes(words[0])),
        "encaps" => Encapsulate(kem, Bytes(words[0]), Bytes(words[1])),
        "decaps" => Decapsulate(kem, Bytes(words[0]), Bytes(words[1])),
        _ => null,
    };

    /// <summary>d || z to ek and dk.</summary>
    private static string Generate(MlKem kem, byte[] seed)
    {
        using MlKemKey key = kem.KeyGenInternal(seed.AsSpan(0, 32), seed.AsSpan(32));
        byte[] dk = new byte[kem.Parameters.DecapsulationKeySize];
        key.Export(dk);
        return $"{Text(key.EncapsulationKey)} {Text(dk)}";
    }

    /// <summary>ek and m to the shared secret and the ciphertext.</summary>
    private static string Encapsulate(MlKem kem, byte[] ek, byte[] m)
    {
        byte[] shared = new byte[MlKem.SharedSecretSize];
        byte[] ciphertext = new byte[kem.Parameters.CiphertextSize];
        return kem.EncapsInternal(ek, m, shared, ciphertext) ? $"{Text(shared)} {Text(ciphertext)}" : "false";
    }

    /// <summary>dk and ciphertext to the shared secret.</summary>
    private static string Decapsulate(MlKem kem, byte[] dk, byte[] ciphertext)
    {
        byte[] shared = new byte[MlKem.SharedSecretSize];
        using MlKemKey? key = MlKemKey.Import(kem.Parameters, dk);
        return key is not null && key.Decaps(ciphertext, shared) ? Text(shared) : "false";
    }

    private static string Agree(string[] words)
    {
        byte[] shared = new byte[X25519.Size];
        return X25519.Agree(Bytes(words[0]), Bytes(words[1]), shared) ? Text(shared) : "false";
    }
}
