using Qssh.Crypto.Curves;
using Qssh.Secrets;

namespace Qssh.Crypto.Kem;

/// <summary>The private half of a hybrid key pair and its share. An ephemeral one is disposed after its one use.</summary>
internal sealed class HybridKemKey : IDisposable
{
    /// <summary>d || z || X25519 scalar.</summary>
    internal const int ExpandedSeedSize = (2 * MlKemParameters.SeedSize) + X25519.Size;

    private readonly SecretBuffer _scalar;
    private readonly MlKemKey _mlKemKey;
    private readonly byte[] _share;

    internal HybridKemKey(HybridKem kem, ReadOnlySpan<byte> expandedSeed)
    {
        const int Seed = MlKemParameters.SeedSize;
        Kem = kem;
        _mlKemKey = kem.MlKem.KeyGenInternal(expandedSeed[..Seed], expandedSeed.Slice(Seed, Seed));
        _scalar = new SecretBuffer(expandedSeed[(2 * Seed)..]);
        _share = new byte[kem.ShareSize];
        X25519.PublicKey(_scalar.Span, kem.Classical(_share.AsSpan()));
        _mlKemKey.EncapsulationKey.CopyTo(kem.PostQuantum(_share.AsSpan()));
    }

    public HybridKem Kem { get; }

    /// <summary>What is sent to the peer.</summary>
    public ReadOnlySpan<byte> Share => _share;

    /// <param name="role">The peer's role: it is the encapsulator.</param>
    /// <returns>
    /// False: the ciphertext is refused (length, X25519 point of small order); z is then zero. A damaged ML-KEM part is not
    /// refused: it gives a z that nobody else knows.
    /// </returns>
    public bool Decapsulate(ReadOnlySpan<byte> ciphertext, EncapsulatorRole role, Span<byte> z)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(z.Length, HybridKem.SecretSize);
        if (ciphertext.Length == Kem.CiphertextSize && DecapsulateCore(ciphertext, role, z))
            return true;

        ConstantTime.Wipe(z);
        return false;
    }

    public void Dispose()
    {
        _scalar.Dispose();
        _mlKemKey.Dispose();
    }

    private bool DecapsulateCore(ReadOnlySpan<byte> ciphertext, EncapsulatorRole role, Span<byte> z)
    {
        Span<byte> kx = stackalloc byte[X25519.Size];
        Span<byte> km = z[..MlKem.SharedSecretSize];
        bool accepted = X25519.Agree(_scalar.Span, Kem.Classical(ciphertext), kx) && _mlKemKey.Decaps(Kem.PostQuantum(ciphertext), km);
        if (accepted)
            Kem.Combine(new HybridInputs(Kem, _share, ciphertext, kx, km), role, z[MlKem.SharedSecretSize..]);
        ConstantTime.Wipe(kx);
        return accepted;
    }
}
