using Qssh.Crypto.Aead;
using Qssh.Crypto.Curves;
using Qssh.Crypto.Kem;
using Qssh.Crypto.Passwords;
using Qssh.Crypto.Rng;
using Qssh.Crypto.Signatures;
using Qssh.Crypto.Signatures.Falcon;
using Qssh.Secrets;

namespace Qssh.Lab.Timing;

internal static class TimingTests
{
    private const string Keys = "one key / random keys";

    public static TimingTest Planted { get; } =
        new("planted-leak", "equal / random", 100_000, 16, slots => CompareTags(slots, StopsEarly));

    public static IReadOnlyList<TimingTest> All { get; } =
    [
        Planted,
        new("tag-compare", "equal / random", 100_000, 16, slots => CompareTags(slots, ConstantTime.AreEqual)),
        new("x25519", "one scalar / random", 20_000, 1, Agree),
        new("mlkem768-decaps", "valid / damaged", 60_000, 1, slots => Decapsulate(slots, MlKem.MlKem768)),
        new("mlkem1024-decaps", "valid / damaged", 60_000, 1, slots => Decapsulate(slots, MlKem.MlKem1024)),
        new("aes256gcm-portable-seal", "zeros / random", 20_000, 1, slots => Seal(slots, AesGcmImplementation.Portable)),
        new("mldsa65-sign", Keys, 8000, 1, slots => Sign(slots, Find(SignatureScheme.MlDsa65))),
        new("falcon512-sign-native", Keys, 8000, 1, slots => Sign(slots, new FalconAlgorithm(FalconParameters.Falcon512, FalconArithmetic.Native))),
        new("falcon512-sign-emulated", Keys, 600, 1, slots => Sign(slots, new FalconAlgorithm(FalconParameters.Falcon512, FalconArithmetic.Emulated))),
        new("slhdsa-shake-128f-sign", Keys, 300, 1, slots => Sign(slots, Find(SignatureScheme.SlhDsaShake128f))),
        new("argon2id", "one password / random", 4000, 1, HashPassword),
    ];

    private delegate bool Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right);

    private static bool StopsEarly(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        for (int i = 0; i < left.Length; i++)
        {
            if (left[i] != right[i])
                return false;
        }

        return true;
    }

    private static SignatureAlgorithm Find(SignatureScheme scheme) => SignatureAlgorithm.Find(scheme) ?? throw new InvalidOperationException("not built");

    /// <summary>Even slots hold the same bytes, odd ones random bytes.</summary>
    private static byte[][] Inputs(int slots, int size)
    {
        byte[] same = Random(size);
        byte[][] inputs = new byte[slots][];
        for (int i = 0; i < slots; i++)
            inputs[i] = i % 2 == 0 ? same.AsSpan().ToArray() : Random(size);
        return inputs;
    }

    private static byte[] Random(int size)
    {
        byte[] bytes = new byte[size];
        SystemRandom.Fill(bytes);
        return bytes;
    }

    private static Action<int> CompareTags(int slots, Compare compare)
    {
        byte[][] inputs = Inputs(slots, 64);
        byte[] tag = inputs[0].AsSpan().ToArray();
        return slot => compare(inputs[slot], tag);
    }

    private static Action<int> Agree(int slots)
    {
        byte[][] scalars = Inputs(slots, X25519.Size);
        byte[] shared = new byte[X25519.Size];
        byte[] point = Random(X25519.Size);
        return slot => X25519.Agree(scalars[slot], point, shared);
    }

    private static Action<int> Decapsulate(int slots, MlKem kem)
    {
        MlKemKey key = kem.KeyGen();
        byte[] shared = new byte[MlKem.SharedSecretSize];
        byte[][] ciphertexts = new byte[slots][];
        for (int i = 0; i < slots; i++)
        {
            ciphertexts[i] = new byte[kem.Parameters.CiphertextSize];
            kem.Encaps(key.EncapsulationKey, shared, ciphertexts[i]);
            if (i % 2 != 0)
                ciphertexts[i][(i * 13) % ciphertexts[i].Length] ^= 1;
        }

        return slot => key.Decaps(ciphertexts[slot], shared);
    }

    private static Action<int> Seal(int slots, AesGcmImplementation implementation)
    {
        byte[][] inputs = Inputs(slots, 736);
        byte[] output = new byte[736];
        byte[] nonce = new byte[Aes256Gcm.NonceSize];
        byte[] tag = new byte[Aes256Gcm.TagSize];
        Aes256Gcm cipher = Aes256Gcm.Create(Random(Aes256Gcm.KeySize), implementation);
        return slot => cipher.Seal(nonce, default, inputs[slot], output, tag);
    }

    private static Action<int> Sign(int slots, SignatureAlgorithm algorithm)
    {
        byte[][] seeds = Inputs(slots, algorithm.SeedSize);
        byte[] message = new byte[32];
        byte[] signature = new byte[algorithm.SignatureSize];
        SigningKey[] keys = new SigningKey[slots];
        for (int i = 0; i < slots; i++)
            keys[i] = algorithm.KeyFromSeed(seeds[i]);
        return slot =>
        {
            SystemRandom.Fill(message);
            keys[slot].Sign(message, signature);
        };
    }

    private static Action<int> HashPassword(int slots)
    {
        byte[][] passwords = Inputs(slots, 16);
        byte[] key = new byte[32];
        Argon2Parameters parameters = new(64, 1, 1);
        return slot => Argon2id.DeriveKey(passwords[slot], "saltsalt"u8, parameters, key);
    }
}
