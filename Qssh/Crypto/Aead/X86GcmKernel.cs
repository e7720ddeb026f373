using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static Qssh.Crypto.Aead.X86Aes;

namespace Qssh.Crypto.Aead;

/// <summary>Counter mode and GHASH in one stream of instructions: the hash of eight blocks fills the gaps between the rounds of eight others.</summary>
internal static unsafe class X86GcmKernel
{
    // AggressiveOptimization matters to a JIT only (tests): its first tiers keep vectors in memory.

    /// <summary>Encrypts whole batches and hashes as many, from <paramref name="hashed"/> on; that may be the input, read before it is overwritten.</summary>
    /// <param name="counter">Counter block of the first block, last word in native order.</param>
    /// <param name="eighth">Counter block of the eighth block: the tag's own when the last batch is short.</param>
    /// <param name="hash">GHASH so far, in the byte order of <see cref="X86Ghash"/>.</param>
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
            Vector128<byte> key = RoundKey(roundKeys, 0);
            Vector128<byte> b0 = Start(counter, 0, key), b1 = Start(counter, 1, key), b2 = Start(counter, 2, key), b3 = Start(counter, 3, key);
            Vector128<byte> b4 = Start(counter, 4, key), b5 = Start(counter, 5, key), b6 = Start(counter, 6, key), b7 = Start(eighth, 0, key);
            hash = RoundsAndHash(roundKeys, hashed, hash, ref b0, ref b1, ref b2, ref b3, ref b4, ref b5, ref b6, ref b7);
            FinishAll(roundKeys, input, output, b0, b1, b2, b3, b4, b5, b6, b7);
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
        Vector128<byte> key = RoundKey(roundKeys, 0);
        Vector128<byte> b0 = Start(counter, 0, key), b1 = Start(counter, 1, key), b2 = Start(counter, 2, key), b3 = Start(counter, 3, key);
        Vector128<byte> b4 = Start(counter, 4, key), b5 = Start(counter, 5, key), b6 = Start(counter, 6, key), b7 = Start(eighth, 0, key);
        for (int round = 1; round < BitslicedAes.Rounds; round++)
            Round(RoundKey(roundKeys, round), ref b0, ref b1, ref b2, ref b3, ref b4, ref b5, ref b6, ref b7);
        FinishAll(roundKeys, input, output, b0, b1, b2, b3, b4, b5, b6, b7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> RoundsAndHash(
        byte* roundKeys,
        byte* hashed,
        Vector128<ulong> hash,
        ref Vector128<byte> b0,
        ref Vector128<byte> b1,
        ref Vector128<byte> b2,
        ref Vector128<byte> b3,
        ref Vector128<byte> b4,
        ref Vector128<byte> b5,
        ref Vector128<byte> b6,
        ref Vector128<byte> b7)
    {
        byte* hashKey = X86Ghash.Key(roundKeys);
        X86Ghash sum = default;
        Round(RoundKey(roundKeys, 1), ref b0, ref b1, ref b2, ref b3, ref b4, ref b5, ref b6, ref b7);
        sum.Add(X86Ghash.Load(hashed) ^ hash, hashKey, 0);
        Round(RoundKey(roundKeys, 2), ref b0, ref b1, ref b2, ref b3, ref b4, ref b5, ref b6, ref b7);
        sum.Add(X86Ghash.Load(hashed + 16), hashKey, 1);
        Round(RoundKey(roundKeys, 3), ref b0, ref b1, ref b2, ref b3, ref b4, ref b5, ref b6, ref b7);
        sum.Add(X86Ghash.Load(hashed + 32), hashKey, 2);
        Round(RoundKey(roundKeys, 4), ref b0, ref b1, ref b2, ref b3, ref b4, ref b5, ref b6, ref b7);
        sum.Add(X86Ghash.Load(hashed + 48), hashKey, 3);
        Round(RoundKey(roundKeys, 5), ref b0, ref b1, ref b2, ref b3, ref b4, ref b5, ref b6, ref b7);
        sum.Add(X86Ghash.Load(hashed + 64), hashKey, 4);
        Round(RoundKey(roundKeys, 6), ref b0, ref b1, ref b2, ref b3, ref b4, ref b5, ref b6, ref b7);
        sum.Add(X86Ghash.Load(hashed + 80), hashKey, 5);
        Round(RoundKey(roundKeys, 7), ref b0, ref b1, ref b2, ref b3, ref b4, ref b5, ref b6, ref b7);
        sum.Add(X86Ghash.Load(hashed + 96), hashKey, 6);
        Round(RoundKey(roundKeys, 8), ref b0, ref b1, ref b2, ref b3, ref b4, ref b5, ref b6, ref b7);
        sum.Add(X86Ghash.Load(hashed + 112), hashKey, 7);
        Round(RoundKey(roundKeys, 9), ref b0, ref b1, ref b2, ref b3, ref b4, ref b5, ref b6, ref b7);
        Round(RoundKey(roundKeys, 10), ref b0, ref b1, ref b2, ref b3, ref b4, ref b5, ref b6, ref b7);
        Vector128<ulong> result = sum.Reduce();
        Round(RoundKey(roundKeys, 11), ref b0, ref b1, ref b2, ref b3, ref b4, ref b5, ref b6, ref b7);
        Round(RoundKey(roundKeys, 12), ref b0, ref b1, ref b2, ref b3, ref b4, ref b5, ref b6, ref b7);
        Round(RoundKey(roundKeys, 13), ref b0, ref b1, ref b2, ref b3, ref b4, ref b5, ref b6, ref b7);
        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FinishAll(
        byte* roundKeys,
        byte* input,
        byte* output,
        Vector128<byte> b0,
        Vector128<byte> b1,
        Vector128<byte> b2,
        Vector128<byte> b3,
        Vector128<byte> b4,
        Vector128<byte> b5,
        Vector128<byte> b6,
        Vector128<byte> b7)
    {
        Vector128<byte> key = RoundKey(roundKeys, BitslicedAes.Rounds);
        Finish(b0, key, input, output, 0);
        Finish(b1, key, input, output, 1);
        Finish(b2, key, input, output, 2);
        Finish(b3, key, input, output, 3);
        Finish(b4, key, input, output, 4);
        Finish(b5, key, input, output, 5);
        Finish(b6, key, input, output, 6);
        Finish(b7, key, input, output, 7);
    }
}
