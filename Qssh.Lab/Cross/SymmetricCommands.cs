using Qssh.Crypto.Aead;
using Qssh.Crypto.Hashes;
using Qssh.Crypto.Passwords;
using static Qssh.Lab.Cross.CrossCommands;

namespace Qssh.Lab.Cross;

/// <summary>hash: message (and a length). derive: salt, input key, info, length. seal: key, nonce, associated data, plaintext.</summary>
internal static class SymmetricCommands
{
    private delegate void HashFunction(ReadOnlySpan<byte> data, Span<byte> hash);

    public static string? Answer(string algorithm, string operation, string[] words) => (algorithm, operation) switch
    {
        ("sha256", "hash") => Hash(Sha256.Hash, 32, words),
        ("sha384", "hash") => Hash(Sha384.Hash, 48, words),
        ("sha512", "hash") => Hash(Sha512.Hash, 64, words),
        ("sha3-256", "hash") => Hash(Sha3.Hash256, 32, words),
        ("sha3-512", "hash") => Hash(Sha3.Hash512, 64, words),
        ("shake128", "hash") => Hash(Shake128.Hash, Number(words[1]), words),
        ("shake256", "hash") => Hash(Shake256.Hash, Number(words[1]), words),
        ("blake2b", "hash") => Hash(Blake2b.Hash, Number(words[1]), words),
        ("hkdf-sha256", "derive") => Derive<Sha256>(words),
        ("hkdf-sha512", "derive") => Derive<Sha512>(words),
        ("hkdf-sha3-256", "derive") => Derive<Sha3Hash256>(words),
        ("aes256gcm", "seal") => SealAes(words),
        ("chacha20poly1305", "seal") => SealChaCha(words),
        ("argon2id", "hash") => HashPassword(words),
        _ => null,
    };

    private static string Hash(HashFunction function, int size, string[] words)
    {
        byte[] hash = new byte[size];
        function(Bytes(words[0]), hash);
        return Text(hash);
    }

    private static string Derive<THash>(string[] words)
        where THash : struct, IHashFunction<THash>
    {
        byte[] output = new byte[Number(words[3])];
        Hkdf<THash>.Derive(Bytes(words[0]), Bytes(words[1]), Bytes(words[2]), output);
        return Text(output);
    }

    private static string SealAes(string[] words)
    {
        byte[] plaintext = Bytes(words[3]);
        byte[] sealedText = new byte[plaintext.Length + Aes256Gcm.TagSize];
        Span<byte> tag = sealedText.AsSpan(plaintext.Length);
        using Aes256Gcm cipher = Aes256Gcm.Create(Bytes(words[0]));
        cipher.Seal(Bytes(words[1]), Bytes(words[2]), plaintext, sealedText.AsSpan(0, plaintext.Length), tag);
        return Text(sealedText);
    }

    private static string SealChaCha(string[] words)
    {
        byte[] plaintext = Bytes(words[3]);
        byte[] sealedText = new byte[plaintext.Length + ChaCha20Poly1305.TagSize];
        Span<byte> tag = sealedText.AsSpan(plaintext.Length);
        using ChaCha20Poly1305 cipher = ChaCha20Poly1305.Create(Bytes(words[0]));
        cipher.Seal(Bytes(words[1]), Bytes(words[2]), plaintext, sealedText.AsSpan(0, plaintext.Length), tag);
        return Text(sealedText);
    }

    /// <summary>Password, salt, KiB, passes, lanes, length.</summary>
    private static string HashPassword(string[] words)
    {
        byte[] key = new byte[Number(words[5])];
        Argon2Parameters parameters = new(Number(words[2]), Number(words[3]), Number(words[4]));
        Argon2id.DeriveKey(Bytes(words[0]), Bytes(words[1]), parameters, key);
        return Text(key);
    }
}
