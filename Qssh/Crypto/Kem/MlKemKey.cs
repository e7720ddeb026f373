using System.Runtime.InteropServices;
using Qssh.Crypto.Hashes;
using Qssh.Secrets;

namespace Qssh.Crypto.Kem;

/// <summary>
/// A decapsulation key of ML-KEM (FIPS 203), kept expanded: s in the NTT domain, z, and the public A, t, ek and H(ek), so that
/// decapsulation samples nothing again. Wiped on dispose.
/// </summary>
internal sealed class MlKemKey : IDisposable
{
    private const int Seed = MlKemParameters.SeedSize;
    private const int N = MlKemParameters.N;

    private readonly MlKemParameters _set;
    private readonly SecretBuffer _secret; // s, z
    private readonly short[] _a;
    private readonly short[] _t;
    private readonly byte[] _ek;
    private readonly byte[] _ekHash = new byte[Sha3.Size256];

    /// <summary>Algorithm 16, ML-KEM.KeyGen_internal.</summary>
    internal MlKemKey(MlKemParameters set, ReadOnlySpan<byte> d, ReadOnlySpan<byte> z)
        : this(set)
    {
        KPke.KeyGen(set, d, _ek, _a, _t, S);
        Sha3.Hash256(_ek, _ekHash);
        z.CopyTo(Z);
    }

    private MlKemKey(MlKemParameters set)
    {
        _set = set;
        _secret = new SecretBuffer((set.K * N * sizeof(short)) + Seed);
        _a = new short[set.K * set.K * N];
        _t = new short[set.K * N];
        _ek = new byte[set.EncapsulationKeySize];
    }

    public ReadOnlySpan<byte> EncapsulationKey => _ek;

    private Span<short> S => MemoryMarshal.Cast<byte, short>(_secret.Span[..^Seed]);

    private Span<byte> Z => _secret.Span[^Seed..];

    /// <summary>Reads the dk of the standard: ByteEncode_12(s) || ek || H(ek) || z.</summary>
    /// <returns>Null if it fails the checks of section 7.3 (length, hash) or holds values from q on.</returns>
    internal static MlKemKey? Import(MlKemParameters set, ReadOnlySpan<byte> dk)
    {
        if (dk.Length != set.DecapsulationKeySize)
            return null;

        MlKemKey key = new(set);
        int vector = MlKemParameters.PolynomialSize * set.K;
        dk.Slice(vector, key._ek.Length).CopyTo(key._ek);
        dk[^Seed..].CopyTo(key.Z);
        Sha3.Hash256(key._ek, key._ekHash);
        bool valid = ConstantTime.AreEqual(key._ekHash, dk.Slice(vector + key._ek.Length, Sha3.Size256))
            & ByteCoding.TryByteDecode12(key._ek.AsSpan(0, vector), key._t)
            & ByteCoding.TryByteDecode12(dk[..vector], key.S);
        if (!Declassified.Value(valid)) // callers act on it
        {
            key.Dispose();
            return null;
        }

        Sampling.Matrix(key._ek.AsSpan()[^Seed..], set.K, key._a);
        return key;
    }

    /// <summary>Writes the dk of the standard.</summary>
    internal void Export(Span<byte> dk)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(dk.Length, _set.DecapsulationKeySize);
        int vector = MlKemParameters.PolynomialSize * _set.K;
        Span<short> s = (stackalloc short[MlKemParameters.MaxK * N])[..(_set.K * N)];
        S.CopyTo(s);
        Polynomials.MakeCanonical(s);
        ByteCoding.ByteEncode12(s, dk);
        Polynomials.Wipe(s);
        _ek.CopyTo(dk[vector..]);
        _ekHash.CopyTo(dk[(vector + _ek.Length)..]);
        Z.CopyTo(dk[^Seed..]);
    }

    /// <summary>Algorithm 21, ML-KEM.Decaps. A damaged ciphertext gives a secret that nobody else knows, in the same time.</summary>
    /// <returns>False if the ciphertext has the wrong length (section 7.3); the secret is then zero.</returns>
    public bool Decaps(ReadOnlySpan<byte> ciphertext, Span<byte> sharedSecret)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(sharedSecret.Length, MlKem.SharedSecretSize);
        sharedSecret.Clear();
        if (ciphertext.Length != _set.CiphertextSize)
            return false;

        DecapsInternal(ciphertext, sharedSecret);
        return true;
    }

    public void Dispose() => _secret.Dispose();

    /// <summary>Algorithm 18, ML-KEM.Decaps_internal.</summary>
    private void DecapsInternal(ReadOnlySpan<byte> c, Span<byte> sharedSecret)
    {
        Span<byte> m = stackalloc byte[Seed];
        Span<byte> coins = stackalloc byte[Seed];
        Span<byte> rejection = stackalloc byte[MlKem.SharedSecretSize];
        Span<byte> again = (stackalloc byte[MlKemParameters.MaxCiphertextSize])[..c.Length];
        KPke.Decrypt(_set, S, c, m);
        MlKem.DeriveSecretAndCoins(m, _ekHash, sharedSecret, coins);
        RejectionSecret(c, rejection);
        KPke.Encrypt(_set, _a, _t, m, coins, again);
        ReplaceIfDifferent(c, again, sharedSecret, rejection);
        ConstantTime.Wipe(m);
        ConstantTime.Wipe(coins);
        ConstantTime.Wipe(rejection);
        ConstantTime.Wipe(again);
    }

    /// <summary>J(z || c).</summary>
    private void RejectionSecret(ReadOnlySpan<byte> c, Span<byte> rejection)
    {
        Keccak j = Keccak.Shake256();
        j.Absorb(Z);
        j.Absorb(c);
        j.Squeeze(rejection);
        j.Clear();
    }

    /// <summary>Steps 9 to 11 without a branch: whether c was valid must not show.</summary>
    private static void ReplaceIfDifferent(ReadOnlySpan<byte> c, ReadOnlySpan<byte> again, Span<byte> secret, ReadOnlySpan<byte> rejection)
    {
        int difference = 0;
        for (int i = 0; i < c.Length; i++)
            difference |= c[i] ^ again[i];
        int mask = -difference >> 31; // all ones if any bit differs
        for (int i = 0; i < secret.Length; i++)
            secret[i] ^= (byte)(mask & (secret[i] ^ rejection[i]));
    }
}
