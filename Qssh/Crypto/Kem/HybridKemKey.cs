namespace Qssh.Crypto.Kem;

/// <summary>A key pair for one exchange. Owns its secrets: dispose it.</summary>
internal abstract class HybridKemKey : IDisposable
{
    public abstract HybridKem Kem { get; }

    public abstract ReadOnlySpan<byte> Share { get; }

    /// <returns>False: the ciphertext is refused.</returns>
    public abstract bool Decapsulate(ReadOnlySpan<byte> ciphertext, EncapsulatorRole role, Span<byte> z);

    public abstract void Dispose();
}
