using System.Buffers.Binary;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Qssh.Secrets;
using static Qssh.Crypto.Aead.X86Aes;

namespace Qssh.Crypto.Aead;

/// <summary>
/// AES-256-GCM with AES-NI and PCLMULQDQ. Support is asked once, when the instance is made: below, no call asks again, and all instructions
/// are inlined. The key stream of the tag travels as an eighth block with the last, short batch.
/// </summary>
internal sealed unsafe class Aes256GcmX86 : Aes256Gcm
{
    private const int BlockSize = AesKeyExpansion.BlockSize;
    private const int Alignment = 64;
    private const int HashKeyOffset = 256;
    private const int MaterialSize = HashKeyOffset + X86Ghash.KeySize;

    private readonly SecretBuffer _memory = new(MaterialSize + Alignment);

    public Aes256GcmX86(ReadOnlySpan<byte> key)
    {
        byte* roundKeys = Material();
        AesKeyExpansion.Expand(key, new Span<byte>(roundKeys, AesKeyExpansion.RoundKeysSize));
        X86Ghash.PrepareKey(Encrypt(roundKeys, Vector128<byte>.Zero), roundKeys + HashKeyOffset);
        GC.KeepAlive(this);
    }

    public static bool CanRun => Aes.IsSupported && Pclmulqdq.IsSupported && Ssse3.IsSupported;

    internal override ReadOnlySpan<byte> KeyMaterial => new(Material(), MaterialSize);

    public override void Dispose() => _memory.Dispose();

    internal override void WipeKeyMaterial() => ConstantTime.Wipe(_memory.Span);

    private protected override void SealCore(
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> associatedData,
        ReadOnlySpan<byte> plaintext,
        Span<byte> ciphertext,
        Span<byte> tag)
    {
        fixed (byte* input = plaintext, output = ciphertext)
            Seal(nonce, associatedData, input, output, plaintext.Length).CopyTo(tag);
        GC.KeepAlive(this);
    }

    private protected override bool OpenCore(
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> associatedData,
        ReadOnlySpan<byte> ciphertext,
        ReadOnlySpan<byte> tag,
        Span<byte> plaintext)
    {
        Vector128<byte> expected;
        fixed (byte* input = ciphertext, output = plaintext)
            expected = Open(nonce, associatedData, input, output, ciphertext.Length);
        GC.KeepAlive(this);
        return ConstantTime.AreEqual(expected, Vector128.Create(tag));
    }

    /// <summary>Hashes each batch of ciphertext while the next one is encrypted.</summary>
    private Vector128<byte> Seal(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associatedData, byte* input, byte* output, int length)
    {
        byte* roundKeys = Material();
        byte* hashKey = roundKeys + HashKeyOffset;
        Vector128<uint> first = FirstCounter(nonce);
        Vector128<uint> counter = first + Vector128.Create(0u, 0, 0, 1);
        Vector128<ulong> hash = HashAssociatedData(hashKey, associatedData);
        int batches = length / BatchSize;
        if (batches != 0)
        {
            X86GcmKernel.Crypt(roundKeys, counter, counter + Vector128.Create(0u, 0, 0, BatchBlocks - 1), input, output);
            hash = X86GcmKernel.CryptAndHash(roundKeys, hashKey, counter + Vector128.Create(0u, 0, 0, BatchBlocks), input + BatchSize, output + BatchSize, (nuint)batches - 1, output, hash);
        }
        int done = batches * BatchSize;
        if (batches != 0)
            hash = X86GcmKernel.Hash(hashKey, output + done - BatchSize, BatchBlocks, hash);
        Vector128<byte> mask = CryptTail(roundKeys, first, counter + Vector128.Create(0, 0, 0, (uint)batches * BatchBlocks), input + done, output + done, length - done);
        hash = HashTail(hashKey, output + done, length - done, associatedData.Length, length, hash);
        return X86Ghash.Swap128(hash.AsByte()).AsByte() ^ mask;
    }

    private Vector128<byte> Open(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associatedData, byte* input, byte* output, int length)
    {
        byte* roundKeys = Material();
        byte* hashKey = roundKeys + HashKeyOffset;
        Vector128<uint> first = FirstCounter(nonce);
        Vector128<uint> counter = first + Vector128.Create(0u, 0, 0, 1);
        Vector128<ulong> hash = HashAssociatedData(hashKey, associatedData);
        int batches = length / BatchSize;
        int done = batches * BatchSize;
        hash = X86GcmKernel.CryptAndHash(roundKeys, hashKey, counter, input, output, (nuint)batches, input, hash);
        hash = HashTail(hashKey, input + done, length - done, associatedData.Length, length, hash);
        Vector128<byte> mask = CryptTail(roundKeys, first, counter + Vector128.Create(0, 0, 0, (uint)batches * BatchBlocks), input + done, output + done, length - done);
        return X86Ghash.Swap128(hash.AsByte()).AsByte() ^ mask;
    }

    private static Vector128<byte> CryptTail(byte* roundKeys, Vector128<uint> first, Vector128<uint> counter, byte* input, byte* output, int length)
    {
        byte* stream = stackalloc byte[BatchSize];
        new Span<byte>(stream, BatchSize).Clear();
        bool room = length <= BatchSize - BlockSize;
        X86GcmKernel.Crypt(roundKeys, counter, room ? first : counter + Vector128.Create(0u, 0, 0, BatchBlocks - 1), stream, stream);
        int i = 0;
        for (; i + BlockSize <= length; i += BlockSize)
            (Vector128.Load(input + i) ^ Vector128.Load(stream + i)).Store(output + i);
        for (; i < length; i++)
            output[i] = (byte)(input[i] ^ stream[i]);
        Vector128<byte> mask = room ? Vector128.Load(stream + BatchSize - BlockSize) : Encrypt(roundKeys, Ssse3.Shuffle(first.AsByte(), CounterOrder));
        ConstantTime.Wipe(new Span<byte>(stream, BatchSize));
        return mask;
    }

    private static Vector128<ulong> HashTail(byte* hashKey, byte* input, int length, int associatedDataLength, int totalLength, Vector128<ulong> hash)
    {
        byte* block = stackalloc byte[BlockSize];
        X86Ghash sum = default;
        int full = length / BlockSize, rest = length % BlockSize;
        int count = full + (rest != 0 ? 1 : 0) + 1;
        int index = X86Ghash.Powers - count;
        if (index < 0)
        {
            hash = X86GcmKernel.Hash(hashKey, input, 1, hash);
            input += BlockSize;
            full--;
            index = 0;
        }
        for (; full != 0; full--)
        {
            sum.Add(X86Ghash.Load(input) ^ hash, hashKey, index++);
            hash = Vector128<ulong>.Zero;
            input += BlockSize;
        }
        if (rest != 0)
        {
            Vector128<byte>.Zero.Store(block);
            for (int i = 0; i < rest; i++)
                block[i] = input[i];
            sum.Add(X86Ghash.Load(block) ^ hash, hashKey, index++);
            hash = Vector128<ulong>.Zero;
        }
        sum.Add(Vector128.Create((ulong)totalLength * 8, (ulong)associatedDataLength * 8) ^ hash, hashKey, index);
        return sum.Reduce();
    }

    private static Vector128<ulong> HashAssociatedData(byte* hashKey, ReadOnlySpan<byte> data)
    {
        Vector128<ulong> hash = Vector128<ulong>.Zero;
        if (data.IsEmpty)
            return hash;
        byte* block = stackalloc byte[BlockSize];
        for (; !data.IsEmpty; data = data[Math.Min(BlockSize, data.Length)..])
        {
            Vector128<byte>.Zero.Store(block);
            data[..Math.Min(BlockSize, data.Length)].CopyTo(new Span<byte>(block, BlockSize));
            hash = X86GcmKernel.Hash(hashKey, block, 1, hash);
        }
        return hash;
    }

    private static Vector128<uint> FirstCounter(ReadOnlySpan<byte> nonce) => Vector128.Create(
        BinaryPrimitives.ReadUInt32LittleEndian(nonce),
        BinaryPrimitives.ReadUInt32LittleEndian(nonce[4..]),
        BinaryPrimitives.ReadUInt32LittleEndian(nonce[8..]),
        1);

    private byte* Material()
    {
        fixed (byte* memory = _memory.Span)
            return (byte*)(((nuint)memory + (Alignment - 1)) & ~(nuint)(Alignment - 1));
    }
}
