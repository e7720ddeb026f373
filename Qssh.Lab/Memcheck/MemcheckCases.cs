using Qssh.Crypto.Aead;
using Qssh.Crypto.Curves;
using Qssh.Crypto.Hashes;
using Qssh.Crypto.Kem;
using Qssh.Crypto.Passwords;
using Qssh.Secrets;

namespace Qssh.Lab.Memcheck;

/// <summary>What runs on secrets: key agreement, records, passwords; signatures in <see cref="SignatureCases"/>.</summary>
internal static class MemcheckCases
{
    public static IReadOnlyList<(string Name, Action Run)> All { get; } =
    [
        ("tag-compare", CompareTags),
        ("x25519", () => Agree<PairLadder>()),
        ("x25519-portable", () => Agree<PortableLadder>()),
        ("mlkem768-decaps", () => Decapsulate(MlKem.MlKem768, damage: false)),
        ("mlkem768-decaps-rejected", () => Decapsulate(MlKem.MlKem768, damage: true)),
        ("mlkem1024-decaps", () => Decapsulate(MlKem.MlKem1024, damage: false)),
        ("mlkem1024-decaps-rejected", () => Decapsulate(MlKem.MlKem1024, damage: true)),
        ("mlkem1024-key-import", ImportKemKey),
        ("aes256gcm-portable", () => SealAes(AesGcmImplementation.Portable)),
        ("aes256gcm-best", () => SealAes(Aes256Gcm.Best)),
        ("chacha20poly1305-portable", () => SealChaCha(ChaChaImplementation.Portable)),
        ("chacha20poly1305-best", () => SealChaCha(ChaCha20Poly1305.Best)),
        ("hkdf-sha3", Derive),
        ("argon2id", HashPassword),
        .. SignatureCases.All,
    ];

    private static void CompareTags()
    {
        using Secret left = new(16);
        using Secret right = new(16, 2);
        _ = ConstantTime.AreEqual(left.Span, right.Span);
        _ = ConstantTime.AreEqual(
            System.Runtime.Intrinsics.Vector128.Create<byte>(left.Span), System.Runtime.Intrinsics.Vector128.Create<byte>(right.Span));
    }

    private static void Agree<T>()
        where T : struct, IMontgomeryLadder<T>
    {
        using Secret scalar = new(X25519.Size);
        Span<byte> peer = stackalloc byte[X25519.Size];
        Span<byte> shared = stackalloc byte[X25519.Size];
        peer.Fill(9);
        X25519.Multiply<T>(scalar, peer, shared);
        X25519.Agree(scalar, peer, shared);
    }

    /// <summary>From the seeds on: key generation, encapsulation with a secret m, decapsulation.</summary>
    private static void Decapsulate(MlKem kem, bool damage)
    {
        using Secret d = new(32, 3);
        using Secret z = new(32, 4);
        using Secret m = new(32, 5);
        using MlKemKey key = kem.KeyGenInternal(d, z);
        byte[] ek = key.EncapsulationKey.ToArray();
        byte[] ciphertext = new byte[kem.Parameters.CiphertextSize];
        Span<byte> shared = stackalloc byte[MlKem.SharedSecretSize];
        Span<byte> again = stackalloc byte[MlKem.SharedSecretSize];
        kem.EncapsInternal(ek, m, shared, ciphertext);

        // The ciphertext goes out; what the other side knows of it must not become known from how it is taken.
        Valgrind.MarkDefined<byte>(ciphertext);
        if (damage)
            ciphertext[100] ^= 4;
        key.Decaps(ciphertext, again);
        Valgrind.MarkDefined(shared);
        Valgrind.MarkDefined(again);
        if (shared.SequenceEqual(again) == damage)
            throw new InvalidOperationException("wrong shared secret");
    }

    private static void ImportKemKey()
    {
        using MlKemKey original = MlKem.MlKem1024.KeyGenInternal(new byte[32], new byte[32]);
        byte[] dk = new byte[MlKem.MlKem1024.Parameters.DecapsulationKeySize];
        original.Export(dk);
        using Secret hidden = new(dk);

        // ek and its hash lie in dk and are public.
        int secretSize = MlKemParameters.PolynomialSize * MlKem.MlKem1024.Parameters.K;
        Valgrind.MarkDefined(hidden.Span[secretSize..^MlKemParameters.SeedSize]);
        using MlKemKey key = MlKemKey.Import(MlKem.MlKem1024.Parameters, hidden) ?? throw new InvalidOperationException("refused");
    }

    private static void SealAes(AesGcmImplementation implementation)
    {
        using Secret key = new(Aead.KeySize);
        using Aead cipher = Aes256Gcm.Create(key, implementation);
        SealAndOpen(cipher);
    }

    private static void SealChaCha(ChaChaImplementation implementation)
    {
        using Secret key = new(Aead.KeySize);
        using Aead cipher = ChaCha20Poly1305.Create(key, implementation);
        SealAndOpen(cipher);
    }

    private static void SealAndOpen(Aead cipher)
    {
        using Secret plaintext = new(737);
        Span<byte> nonce = stackalloc byte[Aead.NonceSize];
        Span<byte> ciphertext = stackalloc byte[plaintext.Span.Length];
        Span<byte> tag = stackalloc byte[Aead.TagSize];
        nonce.Clear();
        cipher.Seal(nonce, [1, 2, 3], plaintext, ciphertext, tag);
        Valgrind.MarkDefined(ciphertext);
        Valgrind.MarkDefined(tag);
        if (!cipher.Open(nonce, [1, 2, 3], ciphertext, tag, plaintext.Span))
            throw new InvalidOperationException("refused");
        tag[0] ^= 1;
        if (cipher.Open(nonce, [1, 2, 3], ciphertext, tag, plaintext.Span))
            throw new InvalidOperationException("accepted");
    }

    private static void Derive()
    {
        using Secret input = new(64);
        Span<byte> output = stackalloc byte[96];
        Hkdf<Sha3Hash256>.Derive([1], input, [2], output);
        Hkdf<Sha256>.Derive([1], input, [2], output);
        Hkdf<Sha512>.Derive([1], input, [2], output);
    }

    /// <summary>All of it; what the data-dependent half takes for its index is declassified where it is read.</summary>
    private static void HashPassword()
    {
        using Secret password = new(16);
        Span<byte> key = stackalloc byte[32];
        Argon2id.DeriveKey(password, "saltsalt"u8, new Argon2Parameters(256, 2, 2), key);
    }
}
