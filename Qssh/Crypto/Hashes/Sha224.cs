using System.Runtime.InteropServices;

namespace Qssh.Crypto.Hashes;

/// <summary>SHA-224 (FIPS 180-4, section 6.3) in one call. Nothing of the protocol uses it: HashSLH-DSA knows it.</summary>
internal static class Sha224
{
    public const int Size = 28;

    private static ReadOnlySpan<uint> InitialHash =>
    [
        0xc1059ed8, 0x367cd507, 0x3070dd17, 0xf70e5939, 0xffc00b31, 0x68581511, 0x64f98fa7, 0xbefa4fa4,
    ];

    /// <param name="hash">Exactly 28 bytes.</param>
    public static void Hash(ReadOnlySpan<byte> data, Span<byte> hash)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(hash.Length, Size);
        MerkleDamgard<Sha256Compression> state = new(MemoryMarshal.AsBytes(InitialHash));
        state.Update(data);
        state.Finish(hash);
    }
}
