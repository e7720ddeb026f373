namespace Qssh.Crypto.Kem;

/// <summary>A hybrid key encapsulation that this build computes.</summary>
internal abstract class HybridKem
{
    /// <summary>Z = K_m ‖ ss: the plain ML-KEM secret, then the combined one.</summary>
    public const int SecretSize = 64;

    public abstract KemId Id { get; }

    public abstract string Name { get; }

    public abstract int ShareSize { get; }

    public abstract int CiphertextSize { get; }

    /// <returns>Null: unknown, or not in this build.</returns>
    public static HybridKem? Find(byte id) => null;

    public abstract HybridKemKey GenerateKey();

    internal abstract HybridKemKey KeyFromSeed(ReadOnlySpan<byte> seed);

    /// <returns>False: the share is refused.</returns>
    public abstract bool Encapsulate(ReadOnlySpan<byte> share, EncapsulatorRole role, Span<byte> ciphertext, Span<byte> z);

    internal abstract bool EncapsulateDerandomized(
        ReadOnlySpan<byte> share, EncapsulatorRole role, ReadOnlySpan<byte> encapSeed, Span<byte> ciphertext, Span<byte> z);
}
