using System.Runtime.InteropServices;
using Qssh.Secrets;

namespace Qssh.Crypto.Hashes;

/// <summary>
/// SHA-512/224 and SHA-512/256 (FIPS 180-4, sections 5.3.6, 6.6 and 6.7) in one call. Nothing of the protocol uses them: HashSLH-DSA
/// knows them.
/// </summary>
internal static class Sha512Truncated
{
    public const int Size224 = 28;
    public const int Size256 = 32;

    private static ReadOnlySpan<ulong> InitialHash224 =>
    [
        0x8c3d37c819544da2, 0x73e1996689dcd4d6, 0x1dfab7ae32ff9c82, 0x679dd514582f9fcf,
        0x0f6d2b697bd44da8, 0x77e36f7304c48942, 0x3f9d85a86a1d36c8, 0x1112e6ad91d692a1,
    ];

    private static ReadOnlySpan<ulong> InitialHash256 =>
    [
        0x22312194fc2bf72c, 0x9f555fa3c84c64c2, 0x2393b86b6f53b151, 0x963877195940eabd,
        0x96283ee2a88effe3, 0xbe5e1e2553863992, 0x2b0199fc2c85b8aa, 0x0eb72ddc81c52ca2,
    ];

    /// <param name="hash">Exactly 28 bytes.</param>
    public static void Hash224(ReadOnlySpan<byte> data, Span<byte> hash) => Hash(InitialHash224, data, hash, Size224);

    /// <param name="hash">Exactly 32 bytes.</param>
    public static void Hash256(ReadOnlySpan<byte> data, Span<byte> hash) => Hash(InitialHash256, data, hash, Size256);

    private static void Hash(ReadOnlySpan<ulong> initial, ReadOnlySpan<byte> data, Span<byte> hash, int size)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(hash.Length, size);
        Span<byte> whole = stackalloc byte[Sha512.Size];
        MerkleDamgard<Sha512Compression> state = new(MemoryMarshal.AsBytes(initial));
        state.Update(data);
        state.Finish(whole);
        whole[..size].CopyTo(hash);
        ConstantTime.Wipe(whole);
    }
}
