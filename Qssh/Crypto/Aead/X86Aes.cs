using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Qssh.Crypto.Aead;

/// <summary>
/// AES-256 rounds on eight blocks with AES-NI: eight are enough to hide the latency of a round, and leave registers for GHASH.
/// Everything is inlined into its caller, so that the blocks stay in registers.
/// </summary>
internal static unsafe class X86Aes
{
    public const int BatchBlocks = 8;
    public const int BatchSize = BatchBlocks * AesKeyExpansion.BlockSize;

    /// <summary>Turns the last word, which is counted in native order, into the big-endian one of SP 800-38D.</summary>
    public static Vector128<byte> CounterOrder => Vector128.Create((byte)0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 15, 14, 13, 12);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> RoundKey(byte* roundKeys, int round) => Sse2.LoadAlignedVector128(roundKeys + (round * AesKeyExpansion.BlockSize));

    /// <summary>One counter block after the first AddRoundKey.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Start(Vector128<uint> counter, uint offset, Vector128<byte> key) =>
        Ssse3.Shuffle((counter + Vector128.Create(0, 0, 0, offset)).AsByte(), CounterOrder) ^ key;

    /// <summary>One of the rounds 1 to 13.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Round(
        Vector128<byte> key,
        ref Vector128<byte> b0,
        ref Vector128<byte> b1,
        ref Vector128<byte> b2,
        ref Vector128<byte> b3,
        ref Vector128<byte> b4,
        ref Vector128<byte> b5,
        ref Vector128<byte> b6,
        ref Vector128<byte> b7)
    {
        b0 = Aes.Encrypt(b0, key);
        b1 = Aes.Encrypt(b1, key);
        b2 = Aes.Encrypt(b2, key);
        b3 = Aes.Encrypt(b3, key);
        b4 = Aes.Encrypt(b4, key);
        b5 = Aes.Encrypt(b5, key);
        b6 = Aes.Encrypt(b6, key);
        b7 = Aes.Encrypt(b7, key);
    }

    /// <summary>The last round, and the key stream added to block <paramref name="index"/> of the input.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Finish(Vector128<byte> block, Vector128<byte> key, byte* input, byte* output, int index)
    {
        Vector128<byte> keyAndInput = key ^ Vector128.Load(input + (index * AesKeyExpansion.BlockSize));
        Aes.EncryptLast(block, keyAndInput).Store(output + (index * AesKeyExpansion.BlockSize));
    }

    /// <summary>A single block.</summary>
    public static Vector128<byte> Encrypt(byte* roundKeys, Vector128<byte> block)
    {
        block ^= RoundKey(roundKeys, 0);
        for (int round = 1; round < BitslicedAes.Rounds; round++)
            block = Aes.Encrypt(block, RoundKey(roundKeys, round));
        return Aes.EncryptLast(block, RoundKey(roundKeys, BitslicedAes.Rounds));
    }
}
