using Qssh.Crypto.Hashes;
using Qssh.Crypto.Rng;
using Qssh.Secrets;

namespace Qssh.Crypto.Kem;

/// <summary>
/// ML-KEM (FIPS 203, sections 6 and 7), the encapsulator's half; the other half is <see cref="MlKemKey"/>. One object per parameter
/// set.
/// </summary>
internal sealed class MlKem
{
    public const int SharedSecretSize = 32;

    private const int Seed = MlKemParameters.SeedSize;
    private const int MaxVector = MlKemParameters.MaxK * MlKemParameters.N;

    private MlKem(MlKemParameters parameters) => Parameters = parameters;

    public static MlKem MlKem768 { get; } = new(MlKemParameters.MlKem768);

    public static MlKem MlKem1024 { get; } = new(MlKemParameters.MlKem1024);

    public MlKemParameters Parameters { get; }

    /// <summary>Algorithm 19, ML-KEM.KeyGen.</summary>
    public MlKemKey KeyGen()
    {
        Span<byte> seed = stackalloc byte[2 * Seed];
        SystemRandom.Fill(seed);
        MlKemKey key = KeyGenInternal(seed[..Seed], seed[Seed..]);
        ConstantTime.Wipe(seed);
        return key;
    }

    /// <summary>Algorithm 16, ML-KEM.KeyGen_internal.</summary>
    internal MlKemKey KeyGenInternal(ReadOnlySpan<byte> d, ReadOnlySpan<byte> z)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(d.Length, Seed);
        ArgumentOutOfRangeException.ThrowIfNotEqual(z.Length, Seed);
        return new MlKemKey(Parameters, d, z);
    }

    /// <summary>Algorithm 20, ML-KEM.Encaps.</summary>
    /// <returns>False if ek fails the checks of section 7.2; the outputs are then zero.</returns>
    public bool Encaps(ReadOnlySpan<byte> ek, Span<byte> sharedSecret, Span<byte> ciphertext)
    {
        Span<byte> m = stackalloc byte[Seed];
        SystemRandom.Fill(m);
        bool valid = EncapsInternal(ek, m, sharedSecret, ciphertext);
        ConstantTime.Wipe(m);
        return valid;
    }

    /// <summary>Algorithm 17, ML-KEM.Encaps_internal, after the checks of ek: its length and that every value is below q.</summary>
    internal bool EncapsInternal(ReadOnlySpan<byte> ek, ReadOnlySpan<byte> m, Span<byte> sharedSecret, Span<byte> ciphertext)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(m.Length, Seed);
        ArgumentOutOfRangeException.ThrowIfNotEqual(sharedSecret.Length, SharedSecretSize);
        ArgumentOutOfRangeException.ThrowIfNotEqual(ciphertext.Length, Parameters.CiphertextSize);
        int vector = Parameters.K * MlKemParameters.N;
        Span<short> t = (stackalloc short[MaxVector])[..vector];
        if (ek.Length != Parameters.EncapsulationKeySize || !ByteCoding.TryByteDecode12(ek[..^Seed], t))
        {
            sharedSecret.Clear();
            ciphertext.Clear();
            return false;
        }

        Span<short> a = (stackalloc short[MlKemParameters.MaxK * MaxVector])[..(Parameters.K * vector)];
        Span<byte> ekHash = stackalloc byte[Sha3.Size256];
        Span<byte> coins = stackalloc byte[Seed];
        Sampling.Matrix(ek[^Seed..], Parameters.K, a);
        Sha3.Hash256(ek, ekHash);
        DeriveSecretAndCoins(m, ekHash, sharedSecret, coins);
        KPke.Encrypt(Parameters, a, t, m, coins, ciphertext);
        ConstantTime.Wipe(coins);
        return true;
    }

    /// <summary>(K, r) = G(m || H(ek)), step 1 of algorithm 17 and step 6 of algorithm 18.</summary>
    internal static void DeriveSecretAndCoins(ReadOnlySpan<byte> m, ReadOnlySpan<byte> ekHash, Span<byte> sharedSecret, Span<byte> coins)
    {
        Span<byte> input = stackalloc byte[2 * Seed];
        Span<byte> output = stackalloc byte[Sha3.Size512];
        m.CopyTo(input);
        ekHash.CopyTo(input[Seed..]);
        Sha3.Hash512(input, output);
        output[..Seed].CopyTo(sharedSecret);
        output[Seed..].CopyTo(coins);
        ConstantTime.Wipe(input);
        ConstantTime.Wipe(output);
    }
}
