using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Qssh.Crypto.Aead;

/// <summary>Counter mode and GHASH in one stream of instructions: the hash of eight blocks fills the gaps between the rounds of eight others.</summary>
internal static unsafe class HardwareGcmKernel<TCpu>
    where TCpu : struct, IAesGcmCpu
{
    public const int BatchBlocks = 8;
    public const int BatchSize = BatchBlocks * BlockSize;

    private const int BlockSize = AesKeyExpansion.BlockSize;

    // AggressiveOptimization matters to a JIT only (tests): its first tiers keep vectors in memory.

    /// <summary>
    /// Encrypts whole batches and hashes as many, from <paramref name="hashed"/> on; that may be the input, which is read before it is overwritten.
    /// </summary>
    /// <param name="counter">Counter block of the first block, last word in native order.</param>
    /// <param name="eighth">Counter block of the eighth block: the tag's own when the batch is a short one.</param>
    /// <param name="hash">GHASH so far, in the byte order of <see cref="HardwareGhash{TCpu}"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Vector128<ulong> CryptAndHash(
        byte* roundKeys,
        Vector128<uint> counter,
        Vector128<uint> eighth,
        byte* input,
        byte* output,
        nuint batches,
        byte* hashed,
        Vector128<ulong> hash)
    {
        for (; batches != 0; batches--)
        {
            HardwareAesQuad<TCpu> left = new(roundKeys, counter, 0, counter + Vector128.Create(0u, 0, 0, 3));
            HardwareAesQuad<TCpu> right = new(roundKeys, counter, 4, eighth);
            hash = RoundsAndHash(roundKeys, ref left, ref right, hashed, hash);
            Vector128<byte> key = HardwareAesQuad<TCpu>.RoundKey(roundKeys, BitslicedAes.Rounds);
            left.Finish(key, input, output);
            right.Finish(key, input + (BatchSize / 2), output + (BatchSize / 2));
            counter += Vector128.Create(0, 0, 0, (uint)BatchBlocks);
            eighth += Vector128.Create(0, 0, 0, (uint)BatchBlocks);
            input += BatchSize;
            output += BatchSize;
            hashed += BatchSize;
        }

        return hash;
    }

    /// <summary>One batch of the cipher alone.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Crypt(byte* roundKeys, Vector128<uint> counter, Vector128<uint> eighth, byte* input, byte* output)
    {
        HardwareAesQuad<TCpu> left = new(roundKeys, counter, 0, counter + Vector128.Create(0u, 0, 0, 3));
        HardwareAesQuad<TCpu> right = new(roundKeys, counter, 4, eighth);
        for (int round = 1; round < BitslicedAes.Rounds; round++)
            BothRound(roundKeys, round, ref left, ref right);
        Vector128<byte> key = HardwareAesQuad<TCpu>.RoundKey(roundKeys, BitslicedAes.Rounds);
        left.Finish(key, input, output);
        right.Finish(key, input + (BatchSize / 2), output + (BatchSize / 2));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> RoundsAndHash(
        byte* roundKeys,
        ref HardwareAesQuad<TCpu> left,
        ref HardwareAesQuad<TCpu> right,
        byte* hashed,
        Vector128<ulong> hash)
    {
        byte* hashKey = HardwareGhash<TCpu>.Key(roundKeys);
        HardwareGhash<TCpu> sum = default;
        BothRound(roundKeys, 1, ref left, ref right);
        sum.Add(HardwareGhash<TCpu>.Load(hashed) ^ hash, hashKey, 0);
        BothRound(roundKeys, 2, ref left, ref right);
        sum.Add(HardwareGhash<TCpu>.Load(hashed + BlockSize), hashKey, 1);
        BothRound(roundKeys, 3, ref left, ref right);
        sum.Add(HardwareGhash<TCpu>.Load(hashed + (2 * BlockSize)), hashKey, 2);
        BothRound(roundKeys, 4, ref left, ref right);
        sum.Add(HardwareGhash<TCpu>.Load(hashed + (3 * BlockSize)), hashKey, 3);
        BothRound(roundKeys, 5, ref left, ref right);
        sum.Add(HardwareGhash<TCpu>.Load(hashed + (4 * BlockSize)), hashKey, 4);
        BothRound(roundKeys, 6, ref left, ref right);
        sum.Add(HardwareGhash<TCpu>.Load(hashed + (5 * BlockSize)), hashKey, 5);
        BothRound(roundKeys, 7, ref left, ref right);
        sum.Add(HardwareGhash<TCpu>.Load(hashed + (6 * BlockSize)), hashKey, 6);
        BothRound(roundKeys, 8, ref left, ref right);
        sum.Add(HardwareGhash<TCpu>.Load(hashed + (7 * BlockSize)), hashKey, 7);
        BothRound(roundKeys, 9, ref left, ref right);
        BothRound(roundKeys, 10, ref left, ref right);
        hash = sum.Reduce();
        BothRound(roundKeys, 11, ref left, ref right);
        BothRound(roundKeys, 12, ref left, ref right);
        BothRound(roundKeys, 13, ref left, ref right);
        return hash;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void BothRound(byte* roundKeys, int round, ref HardwareAesQuad<TCpu> left, ref HardwareAesQuad<TCpu> right)
    {
        Vector128<byte> key = HardwareAesQuad<TCpu>.RoundKey(roundKeys, round);
        left.Round(key);
        right.Round(key);
    }
}
