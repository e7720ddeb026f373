using Qssh.Crypto.Curves;
using Qssh.Crypto.Rng;
using Qssh.Secrets;

namespace Qssh.Crypto.Kem;

/// <summary>
/// X25519 and ML-KEM in parallel under one combiner. What comes out is Z = K_m || ss: the plain ML-KEM secret, then the combined
/// one, so that the key schedule reads as an approved derivation from ML-KEM alone as well.
/// </summary>
internal abstract class HybridKem
{
    /// <summary>Size of Z.</summary>
    public const int SecretSize = MlKem.SharedSecretSize + CombinedSize;

    /// <summary>Size of ss.</summary>
    protected const int CombinedSize = 32;

    /// <summary>Size of the randomness of one encapsulation: an X25519 scalar and the m of ML-KEM.</summary>
    internal const int EncapSeedSize = X25519.Size + MlKemParameters.SeedSize;

    private static readonly HybridKem s_chKem1024 = new ChKem(KemId.ChKem1024, "chkem1024", MlKem.MlKem1024);
    private static readonly HybridKem s_chKem768 = new ChKem(KemId.ChKem768, "chkem768", MlKem.MlKem768);
    private static readonly HybridKem s_xWing = new XWing();

    protected HybridKem(KemId id, string name, MlKem mlKem) => (Id, Name, MlKem) = (id, name, mlKem);

    /// <summary>Every key agreement built, in the order of preference.</summary>
    public static IReadOnlyList<HybridKem> All { get; } = [s_chKem1024, s_chKem768, s_xWing];

    public KemId Id { get; }

    public string Name { get; }

    public int ShareSize => X25519.Size + MlKem.Parameters.EncapsulationKeySize;

    public int CiphertextSize => X25519.Size + MlKem.Parameters.CiphertextSize;

    internal MlKem MlKem { get; }

    /// <summary>Size of the randomness of one key.</summary>
    internal abstract int SeedSize { get; }

    /// <summary>Whether the ML-KEM half comes first in shares, ciphertexts and encapsulation randomness.</summary>
    protected abstract bool MlKemFirst { get; }

    /// <returns>Null for an unknown number.</returns>
    public static HybridKem? Find(byte id) => (KemId)id switch
    {
        KemId.ChKem1024 => s_chKem1024,
        KemId.ChKem768 => s_chKem768,
        KemId.XWing => s_xWing,
        _ => null,
    };

    public HybridKemKey GenerateKey()
    {
        Span<byte> seed = (stackalloc byte[HybridKemKey.ExpandedSeedSize])[..SeedSize];
        SystemRandom.Fill(seed);
        HybridKemKey key = KeyFromSeed(seed);
        ConstantTime.Wipe(seed);
        return key;
    }

    internal HybridKemKey KeyFromSeed(ReadOnlySpan<byte> seed)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(seed.Length, SeedSize);
        Span<byte> expanded = stackalloc byte[HybridKemKey.ExpandedSeedSize];
        ExpandSeed(seed, expanded);
        HybridKemKey key = new(this, expanded);
        ConstantTime.Wipe(expanded);
        return key;
    }

    /// <returns>False: the share is refused (length, ML-KEM modulus check, X25519 point of small order); the outputs are then zero.</returns>
    public bool Encapsulate(ReadOnlySpan<byte> share, EncapsulatorRole role, Span<byte> ciphertext, Span<byte> z)
    {
        Span<byte> seed = stackalloc byte[EncapSeedSize];
        SystemRandom.Fill(seed);
        bool accepted = EncapsulateDerandomized(share, role, seed, ciphertext, z);
        ConstantTime.Wipe(seed);
        return accepted;
    }

    internal bool EncapsulateDerandomized(
        ReadOnlySpan<byte> share, EncapsulatorRole role, ReadOnlySpan<byte> encapSeed, Span<byte> ciphertext, Span<byte> z)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(encapSeed.Length, EncapSeedSize);
        ArgumentOutOfRangeException.ThrowIfNotEqual(ciphertext.Length, CiphertextSize);
        ArgumentOutOfRangeException.ThrowIfNotEqual(z.Length, SecretSize);
        if (share.Length == ShareSize && EncapsulateCore(share, role, encapSeed, ciphertext, z))
            return true;

        ciphertext.Clear();
        ConstantTime.Wipe(z);
        return false;
    }

    /// <summary>d || z || scalar of a key from its seed.</summary>
    protected internal abstract void ExpandSeed(ReadOnlySpan<byte> seed, Span<byte> expanded);

    /// <summary>ss from everything that was computed and sent.</summary>
    protected internal abstract void Combine(in HybridInputs inputs, EncapsulatorRole role, Span<byte> ss);

    internal ReadOnlySpan<byte> Classical(ReadOnlySpan<byte> joined) => MlKemFirst ? joined[^X25519.Size..] : joined[..X25519.Size];

    internal Span<byte> Classical(Span<byte> joined) => MlKemFirst ? joined[^X25519.Size..] : joined[..X25519.Size];

    internal ReadOnlySpan<byte> PostQuantum(ReadOnlySpan<byte> joined) => MlKemFirst ? joined[..^X25519.Size] : joined[X25519.Size..];

    internal Span<byte> PostQuantum(Span<byte> joined) => MlKemFirst ? joined[..^X25519.Size] : joined[X25519.Size..];

    private bool EncapsulateCore(ReadOnlySpan<byte> share, EncapsulatorRole role, ReadOnlySpan<byte> encapSeed, Span<byte> ciphertext, Span<byte> z)
    {
        Span<byte> kx = stackalloc byte[X25519.Size];
        Span<byte> km = z[..MlKem.SharedSecretSize];
        X25519.PublicKey(Classical(encapSeed), Classical(ciphertext));
        bool accepted = X25519.Agree(Classical(encapSeed), Classical(share), kx)
            && MlKem.EncapsInternal(PostQuantum(share), PostQuantum(encapSeed), km, PostQuantum(ciphertext));
        if (accepted)
            Combine(new HybridInputs(this, share, ciphertext, kx, km), role, z[MlKem.SharedSecretSize..]);
        ConstantTime.Wipe(kx);
        return accepted;
    }
}
