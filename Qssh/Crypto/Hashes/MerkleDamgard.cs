using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Qssh.Secrets;

namespace Qssh.Crypto.Hashes;

/// <summary>What SHA-1 and all of SHA-2 have in common: cutting the message into blocks and padding it (FIPS 180-4, section 5).</summary>
internal struct MerkleDamgard<TCompression>
    where TCompression : struct, ICompression
{
    private const int StateSize = 64;
    private const int LargestBlock = 128;

    private StateBytes _state;
    private BlockBytes _block;
    private ulong _length;
    private int _position;

    /// <param name="initial">The initial hash value, words in native order.</param>
    public MerkleDamgard(ReadOnlySpan<byte> initial)
    {
        _state = default;
        _block = default;
        initial.CopyTo(State(ref this));
    }

    public void Update(scoped ReadOnlySpan<byte> data)
    {
        _length += (ulong)data.Length;
        if (_position != 0)
        {
            int count = Math.Min(TCompression.BlockSize - _position, data.Length);
            data[..count].CopyTo(Block(ref this)[_position..]);
            data = data[count..];
            _position += count;
            if (_position < TCompression.BlockSize)
                return;
            TCompression.Compress(State(ref this), Block(ref this));
            _position = 0;
        }

        for (; data.Length >= TCompression.BlockSize; data = data[TCompression.BlockSize..])
            TCompression.Compress(State(ref this), data[..TCompression.BlockSize]);
        data.CopyTo(Block(ref this));
        _position = data.Length;
    }

    /// <summary>Pads with a 1 bit, zeros and the length in bits; the length here never needs more than 64 of its bits.</summary>
    public void Finish(scoped Span<byte> hash)
    {
        Span<byte> block = Block(ref this);
        block[_position++] = 0x80;
        if (_position > TCompression.BlockSize - TCompression.LengthSize)
        {
            block[_position..].Clear();
            TCompression.Compress(State(ref this), block);
            _position = 0;
        }

        block[_position..].Clear();
        BinaryPrimitives.WriteUInt64BigEndian(block[^8..], _length * 8);
        TCompression.Compress(State(ref this), block);
        TCompression.Write(State(ref this), hash);
        Clear();
    }

    public void Clear()
    {
        ConstantTime.Wipe(State(ref this));
        ConstantTime.Wipe(Block(ref this));
        _length = 0;
        _position = 0;
    }

    private static Span<byte> State(ref MerkleDamgard<TCompression> hash) =>
        MemoryMarshal.AsBytes(MemoryMarshal.CreateSpan(ref Unsafe.As<StateBytes, ulong>(ref hash._state), StateSize / 8));

    private static Span<byte> Block(ref MerkleDamgard<TCompression> hash) =>
        MemoryMarshal.CreateSpan(ref Unsafe.As<BlockBytes, byte>(ref hash._block), TCompression.BlockSize);

    [InlineArray(StateSize / 8)]
    private struct StateBytes
    {
        private ulong _word;
    }

    [InlineArray(LargestBlock)]
    private struct BlockBytes
    {
        private byte _first;
    }
}
