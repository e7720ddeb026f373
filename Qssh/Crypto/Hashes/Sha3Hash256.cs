namespace Qssh.Crypto.Hashes;

/// <summary>SHA3-256 (FIPS 202, section 6.1) in pieces, and as the hash of an HMAC.</summary>
internal struct Sha3Hash256 : IHashFunction<Sha3Hash256>
{
    private Keccak _sponge;

    public static int HashSize => Sha3.Size256;

    public static int BlockSize => 136;

    public static Sha3Hash256 Start() => new() { _sponge = Keccak.Sha3_256() };

    public void Update(scoped ReadOnlySpan<byte> data) => _sponge.Absorb(data);

    public void Finish(scoped Span<byte> hash)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(hash.Length, Sha3.Size256);
        _sponge.Squeeze(hash);
        _sponge.Clear();
    }

    public void Clear() => _sponge.Clear();
}
