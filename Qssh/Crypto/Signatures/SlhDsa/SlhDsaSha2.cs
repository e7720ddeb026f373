using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Qssh.Crypto.Hashes;
using Qssh.Secrets;

namespace Qssh.Crypto.Signatures.SlhDsa;

/// <summary>
/// F, H, T_l and PRF of the SHA2 sets (FIPS 205, section 11.2): SHA-256 throughout for n = 16; SHA-512 in H and T_l for larger n.
/// PK.seed is padded to a whole block, so that what follows it starts from a state computed once. What then fits one block of SHA-256,
/// which is all but a few, is hashed four at a time.
/// </summary>
internal struct SlhDsaSha2 : ISlhDsaHash<SlhDsaSha2>
{
    private const int BlockSize = Sha256Compression4.BlockWords * sizeof(uint);
    private const int LengthSize = 8;

    /// <summary>n of the sets that know no SHA-512.</summary>
    private const int SmallN = 16;

    private Sha256 _seeded256;
    private Sha512 _seeded512;
    private Words _seededWords;
    private Blocks _blocks;
    private int _n;

    public static int Lanes => Vector128<uint>.Count;

    public static SlhDsaSha2 Create(SlhDsaParameters parameters, ReadOnlySpan<byte> pkSeed)
    {
        Span<byte> block = stackalloc byte[Sha512.BlockSize];
        block.Clear();
        pkSeed.CopyTo(block);
        SlhDsaSha2 hash = new() { _seeded256 = Sha256.Start(), _seeded512 = Sha512.Start(), _n = parameters.N };
        hash._seeded256.Update(block[..BlockSize]);
        hash._seeded512.Update(block);
        Span<byte> words = MemoryMarshal.AsBytes((Span<uint>)hash._seededWords);
        MemoryMarshal.AsBytes(Sha256.InitialHash).CopyTo(words);
        Sha256Compression.Compress(words, block[..BlockSize]);
        return hash;
    }

    public void Hash(ReadOnlySpan<SlhDsaAddress> addresses, ReadOnlySpan<byte> messages, Span<byte> outputs)
    {
        int size = messages.Length / addresses.Length;
        bool isSha256 = _n == SmallN || size == _n;
        if (isSha256 && addresses.Length > 1 && SlhDsaAddress.CompressedSize + size + 1 + LengthSize <= BlockSize)
        {
            HashBlocks(addresses, messages, size, outputs);
            return;
        }

        for (int i = 0; i < addresses.Length; i++)
        {
            ReadOnlySpan<byte> message = messages.Slice(i * size, size);
            Span<byte> output = outputs.Slice(i * _n, _n);
            if (isSha256)
                Hash(_seeded256, addresses[i], message, output);
            else
                Hash(_seeded512, addresses[i], message, output);
        }
    }

    public void Clear() => ConstantTime.Wipe(_blocks);

    /// <summary>Trunc_n(hash(PK.seed || zeros || ADRS^c || M)).</summary>
    private static void Hash<THash>(THash function, in SlhDsaAddress address, ReadOnlySpan<byte> message, Span<byte> output)
        where THash : struct, IHashFunction<THash>
    {
        Span<byte> buffer = stackalloc byte[Sha512.Size];
        Span<byte> digest = buffer[..THash.HashSize];
        address.WriteCompressed(buffer);
        function.Update(buffer[..SlhDsaAddress.CompressedSize]);
        function.Update(message);
        function.Finish(digest);
        digest[..output.Length].CopyTo(output);
        ConstantTime.Wipe(digest);
    }

    private void HashBlocks(ReadOnlySpan<SlhDsaAddress> addresses, ReadOnlySpan<byte> messages, int size, Span<byte> outputs)
    {
        Span<byte> blocks = _blocks;
        int end = SlhDsaAddress.CompressedSize + size;
        for (int i = 0; i < addresses.Length; i++)
        {
            Span<byte> block = blocks.Slice(i * BlockSize, BlockSize);
            addresses[i].WriteCompressed(block);
            messages.Slice(i * size, size).CopyTo(block[SlhDsaAddress.CompressedSize..]);
            block[end] = 0x80;
            block[(end + 1)..].Clear();
            BinaryPrimitives.WriteUInt64BigEndian(block[^LengthSize..], (ulong)(BlockSize + end) * 8);
        }

        Span<Vector128<uint>> state = stackalloc Vector128<uint>[Sha256Compression4.StateWords];
        Span<Vector128<uint>> words = stackalloc Vector128<uint>[Sha256Compression4.BlockWords];
        for (int i = 0; i < state.Length; i++)
            state[i] = Vector128.Create(_seededWords[i]);
        for (int i = 0; i < words.Length; i++)
            words[i] = Vector128.Create(Word(blocks, 0, i), Word(blocks, 1, i), Word(blocks, 2, i), Word(blocks, 3, i));
        Sha256Compression4.Compress(state, words);
        for (int i = 0; i < addresses.Length; i++)
        {
            for (int word = 0; word < _n / sizeof(uint); word++, outputs = outputs[sizeof(uint)..])
                BinaryPrimitives.WriteUInt32BigEndian(outputs, state[word][i]);
        }

        ConstantTime.Wipe(MemoryMarshal.AsBytes(state));
        ConstantTime.Wipe(MemoryMarshal.AsBytes(words));
    }

    private static uint Word(ReadOnlySpan<byte> blocks, int lane, int word) =>
        BinaryPrimitives.ReadUInt32BigEndian(blocks[((lane * BlockSize) + (word * sizeof(uint)))..]);

    [InlineArray(Sha256Compression4.StateWords)]
    private struct Words
    {
        private uint _word;
    }

    [InlineArray(4 * BlockSize)]
    private struct Blocks
    {
        private byte _first;
    }
}
