namespace Qssh.Crypto.Hashes;

/// <summary>SHA3-224, SHA3-256, SHA3-384 and SHA3-512 (FIPS 202, section 6.1) in one call.</summary>
internal static class Sha3
{
    public const int Size224 = 28;
    public const int Size256 = 32;
    public const int Size384 = 48;
    public const int Size512 = 64;

    /// <param name="hash">Exactly 28 bytes.</param>
    public static void Hash224(ReadOnlySpan<byte> data, Span<byte> hash) => Hash(Keccak.Sha3_224(), data, hash, Size224);

    /// <param name="hash">Exactly 32 bytes.</param>
    public static void Hash256(ReadOnlySpan<byte> data, Span<byte> hash) => Hash(Keccak.Sha3_256(), data, hash, Size256);

    /// <param name="hash">Exactly 48 bytes.</param>
    public static void Hash384(ReadOnlySpan<byte> data, Span<byte> hash) => Hash(Keccak.Sha3_384(), data, hash, Size384);

    /// <param name="hash">Exactly 64 bytes.</param>
    public static void Hash512(ReadOnlySpan<byte> data, Span<byte> hash) => Hash(Keccak.Sha3_512(), data, hash, Size512);

    private static void Hash(Keccak sponge, ReadOnlySpan<byte> data, Span<byte> hash, int size)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(hash.Length, size);
        sponge.Absorb(data);
        sponge.Squeeze(hash);
        sponge.Clear();
    }
}
