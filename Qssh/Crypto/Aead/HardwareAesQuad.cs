using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Qssh.Crypto.Aead;

/// <summary>
/// Four counter blocks on their way through AES-256. Four is the most fields for which the compiler keeps a struct in registers;
/// the kernel works on two of these, which hides the latency of a round and leaves registers for GHASH.
/// </summary>
internal unsafe struct HardwareAesQuad<TCpu>
    where TCpu : struct, IAesGcmCpu
{
    private const int BlockSize = AesKeyExpansion.BlockSize;

    private Vector128<byte> _b0;
    private Vector128<byte> _b1;
    private Vector128<byte> _b2;
    private Vector128<byte> _b3;

    /// <summary>Three blocks counted from <paramref name="counter"/> + <paramref name="offset"/>, and one given, after the first AddRoundKey.</summary>
    /// <param name="counter">Counter block with its last word in native order.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public HardwareAesQuad(byte* roundKeys, Vector128<uint> counter, uint offset, Vector128<uint> fourth)
    {
        Vector128<byte> key = RoundKey(roundKeys, 0);
        _b0 = InOrder(counter + Vector128.Create(0, 0, 0, offset)) ^ key;
        _b1 = InOrder(counter + Vector128.Create(0, 0, 0, offset + 1)) ^ key;
        _b2 = InOrder(counter + Vector128.Create(0, 0, 0, offset + 2)) ^ key;
        _b3 = InOrder(fourth) ^ key;
    }

    // Turns the last word into the big-endian one of SP 800-38D, section 6.2.
    private static Vector128<byte> CounterOrder => Vector128.Create((byte)0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 15, 14, 13, 12);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> RoundKey(byte* roundKeys, int round) => Vector128.LoadAligned(roundKeys + (round * BlockSize));

    /// <summary>One of the rounds 1 to 13.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Round(Vector128<byte> key)
    {
        _b0 = TCpu.Round(_b0, key);
        _b1 = TCpu.Round(_b1, key);
        _b2 = TCpu.Round(_b2, key);
        _b3 = TCpu.Round(_b3, key);
    }

    /// <summary>The last round, and the input added to the key stream.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Finish(Vector128<byte> key, byte* input, byte* output)
    {
        TCpu.LastRound(_b0, key ^ Vector128.Load(input)).Store(output);
        TCpu.LastRound(_b1, key ^ Vector128.Load(input + BlockSize)).Store(output + BlockSize);
        TCpu.LastRound(_b2, key ^ Vector128.Load(input + (2 * BlockSize))).Store(output + (2 * BlockSize));
        TCpu.LastRound(_b3, key ^ Vector128.Load(input + (3 * BlockSize))).Store(output + (3 * BlockSize));
    }

    /// <summary>A single counter block.</summary>
    public static Vector128<byte> EncryptCounter(byte* roundKeys, Vector128<uint> counter) => Encrypt(roundKeys, InOrder(counter));

    /// <summary>A single block.</summary>
    public static Vector128<byte> Encrypt(byte* roundKeys, Vector128<byte> block)
    {
        block ^= RoundKey(roundKeys, 0);
        for (int round = 1; round < BitslicedAes.Rounds; round++)
            block = TCpu.Round(block, RoundKey(roundKeys, round));
        return TCpu.LastRound(block, RoundKey(roundKeys, BitslicedAes.Rounds));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> InOrder(Vector128<uint> counter) => TCpu.Permute(counter.AsByte(), CounterOrder);
}
