using Qssh.Crypto.Aead;
using Qssh.Crypto.Curves;
using Qssh.Crypto.Hashes;
using Qssh.Crypto.Kem;
using Qssh.Crypto.Signatures;

namespace Qssh.Speed;

/// <summary>Every row of the table, in its order.</summary>
internal static class SpeedRows
{
    private const int HashInput = 16_384;

    private static readonly int[] s_sizes = [64, 736, 4096, 16_384];

    private delegate void HashFunction(ReadOnlySpan<byte> data, Span<byte> hash);

    public static List<SpeedRow> All()
    {
        List<SpeedRow> all = [];
        AddHashes(all);
        AddCiphers(all);
        AddKems(all);
        foreach (SignatureAlgorithm algorithm in SignatureAlgorithm.All)
            AddSignature(all, algorithm);
        HandshakeRows.AddTo(all);
        FrameRows.AddTo(all);
        return all;
    }

    private static void AddHashes(List<SpeedRow> all)
    {
        void Add(string name, HashFunction function, int size) => all.Add(new SpeedRow("hash", name, HashInput, () =>
        {
            byte[] data = new byte[HashInput], hash = new byte[size];
            return () => function(data, hash);
        }));

        byte[] key = new byte[32];
        Add("SHA-256", Sha256.Hash, Sha256.Size);
        Add("SHA-512", Sha512.Hash, Sha512.Size);
        Add("SHA3-256", Sha3.Hash256, Sha3.Size256);
        Add("SHAKE-256", Shake256.Hash, 32);
        Add("KMAC256", (data, mac) => Kmac256.Compute(key, data, default, mac), 32);
        Add("BLAKE2b", Blake2b.Hash, Blake2b.LargestSize);
    }

    /// <summary>What this process uses, then the portable form if it is another one.</summary>
    private static void AddCiphers(List<SpeedRow> all)
    {
        AesGcmImplementation[] aes = Aes256Gcm.Best == AesGcmImplementation.Portable ? [Aes256Gcm.Best] : [Aes256Gcm.Best, AesGcmImplementation.Portable];
        ChaChaImplementation[] chaCha = ChaCha20Poly1305.Best == ChaChaImplementation.Portable ? [ChaCha20Poly1305.Best] : [ChaCha20Poly1305.Best, ChaChaImplementation.Portable];
        foreach (AesGcmImplementation kind in aes)
        {
            foreach (int size in s_sizes)
                all.Add(new SpeedRow("aead", $"AES-256-GCM {size} bytes, {RowNames.Of(kind)}", size, () => AesGcm(kind, size)));
        }

        foreach (ChaChaImplementation kind in chaCha)
        {
            foreach (int size in s_sizes)
                all.Add(new SpeedRow("aead", $"ChaCha20-Poly1305 {size} bytes, {RowNames.Of(kind)}", size, () => ChaCha(kind, size)));
        }
    }

    private static Action AesGcm(AesGcmImplementation kind, int size)
    {
        Aes256Gcm cipher = Aes256Gcm.Create(new byte[32], kind);
        byte[] nonce = new byte[12], data = new byte[size], tag = new byte[16];
        return () => cipher.Seal(nonce, default, data, data, tag);
    }

    private static Action ChaCha(ChaChaImplementation kind, int size)
    {
        ChaCha20Poly1305 cipher = ChaCha20Poly1305.Create(new byte[32], kind);
        byte[] nonce = new byte[12], data = new byte[size], tag = new byte[16];
        return () => cipher.Seal(nonce, default, data, data, tag);
    }

    private static void AddKems(List<SpeedRow> all)
    {
        AddMlKem(all, MlKem.MlKem768);
        AddMlKem(all, MlKem.MlKem1024);
        byte[] scalar = new byte[32], point = new byte[32], shared = new byte[32];
        scalar[0] = 1;
        point[0] = 9;
        all.Add(new SpeedRow("kem", "X25519 public key", 0, () => () => X25519.PublicKey(scalar, shared)));
        all.Add(new SpeedRow("kem", "X25519 agreement", 0, () => () => X25519.Agree(scalar, point, shared)));
        foreach (HybridKem kem in HybridKem.All)
            AddHybrid(all, kem);
    }

    private static void AddMlKem(List<SpeedRow> all, MlKem kem)
    {
        string name = kem.Parameters.Name;
        all.Add(new SpeedRow("kem", $"{name} key generation", 0, () => () => kem.KeyGen().Dispose()));
        all.Add(new SpeedRow("kem", $"{name} encapsulation", 0, () =>
        {
            MlKemKey key = kem.KeyGen();
            byte[] ek = key.EncapsulationKey.ToArray(), secret = new byte[32], c = new byte[kem.Parameters.CiphertextSize];
            return () => kem.Encaps(ek, secret, c);
        }));
        all.Add(new SpeedRow("kem", $"{name} decapsulation", 0, () =>
        {
            MlKemKey key = kem.KeyGen();
            byte[] secret = new byte[32], c = new byte[kem.Parameters.CiphertextSize];
            kem.Encaps(key.EncapsulationKey, secret, c);
            return () => key.Decaps(c, secret);
        }));
    }

    private static void AddHybrid(List<SpeedRow> all, HybridKem kem)
    {
        all.Add(new SpeedRow("kem", $"{kem.Name} key generation", 0, () => () => kem.GenerateKey().Dispose()));
        all.Add(new SpeedRow("kem", $"{kem.Name} encapsulation", 0, () =>
        {
            using HybridKemKey key = kem.GenerateKey();
            byte[] share = key.Share.ToArray(), z = new byte[HybridKem.SecretSize], c = new byte[kem.CiphertextSize];
            return () => kem.Encapsulate(share, EncapsulatorRole.Server, c, z);
        }));
        all.Add(new SpeedRow("kem", $"{kem.Name} decapsulation", 0, () =>
        {
            HybridKemKey key = kem.GenerateKey();
            byte[] z = new byte[HybridKem.SecretSize], c = new byte[kem.CiphertextSize];
            kem.Encapsulate(key.Share, EncapsulatorRole.Server, c, z);
            return () => key.Decapsulate(c, EncapsulatorRole.Server, z);
        }));
    }

    /// <summary>A signature is verified before it is released, and that is in its time.</summary>
    private static void AddSignature(List<SpeedRow> all, SignatureAlgorithm algorithm)
    {
        all.Add(new SpeedRow("signature", $"{algorithm.Name} key generation", 0, () => () => algorithm.GenerateKey().Dispose()));
        all.Add(new SpeedRow("signature", $"{algorithm.Name} sign", 0, () =>
        {
            SigningKey key = algorithm.GenerateKey();
            byte[] signature = new byte[algorithm.SignatureSize];
            return () => key.Sign("speed"u8, signature);
        }));
        all.Add(new SpeedRow("signature", $"{algorithm.Name} verify", 0, () =>
        {
            using SigningKey key = algorithm.GenerateKey();
            byte[] signature = new byte[algorithm.SignatureSize], publicKey = key.PublicKey.ToArray();
            key.Sign("speed"u8, signature);
            return () => algorithm.Verify(publicKey, "speed"u8, signature);
        }));
    }
}
