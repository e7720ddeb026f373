using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Qssh.Secrets;

namespace Qssh.Crypto.Aead;

/// <summary>What does not fill a batch of eight blocks: the end of a message, the lengths, the key stream of the tag, the associated data.</summary>
internal static unsafe class HardwareGcmTail<TCpu>
    where TCpu : struct, IAesGcmCpu
{
    private const int BatchBlocks = HardwareGcmKernel<TCpu>.BatchBlocks;
    private const int BatchSize = HardwareGcmKernel<TCpu>.BatchSize;
    private const int BlockSize = AesKeyExpansion.BlockSize;

    /// <summary>Encrypts less than a batch, and hashes the batch at <paramref name="hashed"/> meanwhile unless that is null.</summary>
    /// <param name="first">Counter block 1, whose encryption masks the tag.</param>
    /// <returns>The mask of the tag.</returns>
    public static Vector128<byte> Crypt(
        byte* roundKeys,
        Vector128<uint> first,
        Vector128<uint> counter,
        byte* input,
        byte* output,
        int length,
        byte* hashed,
        ref Vector128<ulong> hash)
    {
        byte* stream = stackalloc byte[BatchSize];
        new Span<byte>(stream, BatchSize).Clear();

        // With up to seven blocks the tag's key stream is the eighth.
        bool room = length <= BatchSize - BlockSize;
        Vector128<uint> eighth = room ? first : counter + Vector128.Create(0u, 0, 0, BatchBlocks - 1);
        if (hashed is null)
            HardwareGcmKernel<TCpu>.Crypt(roundKeys, counter, eighth, stream, stream);
        else
            hash = HardwareGcmKernel<TCpu>.CryptAndHash(roundKeys, counter, eighth, stream, stream, 1, hashed, hash);

        int i = 0;
        for (; i + BlockSize <= length; i += BlockSize)
            (Vector128.Load(input + i) ^ Vector128.Load(stream + i)).Store(output + i);
        for (; i < length; i++)
            output[i] = (byte)(input[i] ^ stream[i]);

        Vector128<byte> mask = room
            ? Vector128.Load(stream + BatchSize - BlockSize)
            : HardwareAesQuad<TCpu>.EncryptCounter(roundKeys, first);
        ConstantTime.Wipe(new Span<byte>(stream, BatchSize));
        return mask;
    }

    /// <summary>
    /// Decrypts seven blocks, the end of every sealed frame, in one batch with what completes the tag: the lengths are the eighth block of
    /// the sum, the tag's mask that of the cipher.
    /// </summary>
    /// <param name="first">Counter block 1, whose encryption masks the tag.</param>
    /// <param name="lengths">Lengths in bits: ciphertext, associated data.</param>
    /// <returns>The mask of the tag.</returns>
    public static Vector128<byte> OpenSeven(
        byte* roundKeys,
        Vector128<uint> first,
        Vector128<uint> counter,
        byte* input,
        byte* output,
        Vector128<ulong> lengths,
        ref Vector128<ulong> hash)
    {
        byte* batch = stackalloc byte[BatchSize];
        Vector128<byte> eighth = HardwareGhash<TCpu>.ReverseBytes(lengths.AsByte()).AsByte();
        for (int i = 0; i < BatchSize - BlockSize; i += BlockSize)
            Vector128.Load(input + i).Store(batch + i);
        eighth.Store(batch + BatchSize - BlockSize);
        hash = HardwareGcmKernel<TCpu>.CryptAndHash(roundKeys, counter, first, batch, batch, 1, batch, hash);
        for (int i = 0; i < BatchSize - BlockSize; i += BlockSize)
            Vector128.Load(batch + i).Store(output + i);
        Vector128<byte> mask = Vector128.Load(batch + BatchSize - BlockSize) ^ eighth;
        ConstantTime.Wipe(new Span<byte>(batch, BatchSize));
        return mask;
    }

    /// <summary>The last blocks, less than a batch, and the block of the lengths, all in one sum.</summary>
    /// <param name="lengths">Lengths in bits: ciphertext, associated data.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Vector128<ulong> Hash(byte* hashKey, byte* blocks, int length, Vector128<ulong> lengths, Vector128<ulong> hash)
    {
        int rest = length % BlockSize;
        int power = (length / BlockSize) + (rest == 0 ? 1 : 2);
        if (power > HardwareGhash<TCpu>.Powers)
        {
            // Seven blocks, a part of one, and the lengths: one block more than there are powers.
            hash = HashOne(hashKey, HardwareGhash<TCpu>.Load(blocks) ^ hash);
            blocks += BlockSize;
            length -= BlockSize;
            power--;
        }

        HardwareGhash<TCpu> sum = default;
        int index = HardwareGhash<TCpu>.Powers - power;
        for (; length >= BlockSize; length -= BlockSize)
        {
            sum.Add(HardwareGhash<TCpu>.Load(blocks) ^ hash, hashKey, index++);
            hash = Vector128<ulong>.Zero;
            blocks += BlockSize;
        }

        if (rest != 0)
        {
            sum.Add(LoadPart(blocks, rest) ^ hash, hashKey, index++);
            hash = Vector128<ulong>.Zero;
        }

        sum.Add(lengths ^ hash, hashKey, index);
        return sum.Reduce();
    }

    /// <summary>Associated data is short, mostly one block or none.</summary>
    public static Vector128<ulong> HashAssociatedData(byte* hashKey, byte* data, int length)
    {
        Vector128<ulong> hash = Vector128<ulong>.Zero;
        for (; length >= BlockSize; length -= BlockSize)
        {
            hash = HashOne(hashKey, HardwareGhash<TCpu>.Load(data) ^ hash);
            data += BlockSize;
        }

        return length == 0 ? hash : HashOne(hashKey, LoadPart(data, length) ^ hash);
    }

    private static Vector128<ulong> HashOne(byte* hashKey, Vector128<ulong> block)
    {
        HardwareGhash<TCpu> product = default;
        product.Add(block, hashKey, HardwareGhash<TCpu>.Powers - 1);
        return product.Reduce();
    }

    /// <summary>A part of a block, filled with zeros.</summary>
    private static Vector128<ulong> LoadPart(byte* part, int length)
    {
        Vector128<byte> block = Vector128<byte>.Zero;
        byte* bytes = (byte*)&block;
        for (int i = 0; i < length; i++)
            bytes[i] = part[i];
        return HardwareGhash<TCpu>.ReverseBytes(block);
    }
}
