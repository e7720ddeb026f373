namespace Qssh.Crypto.Kem;

/// <summary>What a combiner combines, under the names of the published texts.</summary>
internal readonly ref struct HybridInputs
{
    public HybridInputs(HybridKem kem, ReadOnlySpan<byte> share, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> kx, ReadOnlySpan<byte> km)
    {
        PkX = kem.Classical(share);
        PkM = kem.PostQuantum(share);
        EphX = kem.Classical(ciphertext);
        CtM = kem.PostQuantum(ciphertext);
        Kx = kx;
        Km = km;
    }

    public ReadOnlySpan<byte> PkX { get; }

    public ReadOnlySpan<byte> PkM { get; }

    public ReadOnlySpan<byte> EphX { get; }

    public ReadOnlySpan<byte> CtM { get; }

    public ReadOnlySpan<byte> Kx { get; }

    public ReadOnlySpan<byte> Km { get; }
}
