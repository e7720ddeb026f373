using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Qssh.Secrets;

namespace Qssh.Crypto.Hashes;

/// <summary>BLAKE2b (RFC 7693) with 1 to 64 bytes of output, keyed or not, in one call or in pieces.</summary>
internal struct Blake2b
{
    public const int LargestSize = 64;
    public const int LargestKey = 64;

    private Words _state;
    private Block _block;
    private UInt128 _length;
    private int _position;
    private int _size;

    /// <param name="hash">1 to 64 bytes; its length is part of the input.</param>
    public static void Hash(ReadOnlySpan<byte> data, Span<byte> hash)
    {
        Blake2b function = Start(hash.Length);
        function.Update(data);
        function.Finish(hash);
    }

    /// <param name="size">Bytes of output.</param>
    /// <param name="key">At most 64 bytes; none for a plain hash.</param>
    public static Blake2b Start(int size, ReadOnlySpan<byte> key = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, LargestSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(key.Length, LargestKey, nameof(key));
        Blake2b function = new() { _size = size };
        Blake2bCompression.InitialHash.CopyTo(function._state);

        // The parameter block of section 2.5: fanout 1, depth 1, lengths of key and output.
        function._state[0] ^= 0x01010000u ^ ((uint)key.Length << 8) ^ (uint)size;
        if (!key.IsEmpty)
        {
            key.CopyTo(function._block);
            function._position = Blake2bCompression.BlockSize;
        }

        return function;
    }

    /// <summary>The last block is compressed differently, so that a full one waits until there is more.</summary>
    public void Update(scoped ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty)
        {
            if (_position == Blake2bCompression.BlockSize)
                Compress(false);
            int count = Math.Min(Blake2bCompression.BlockSize - _position, data.Length);
            data[..count].CopyTo(((Span<byte>)_block)[_position..]);
            _position += count;
            data = data[count..];
        }
    }

    /// <summary>Writes the hash and wipes the state; the value can then not be used.</summary>
    public void Finish(scoped Span<byte> hash)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(hash.Length, _size);
        ((Span<byte>)_block)[_position..].Clear();
        Compress(true);
        Span<byte> whole = _block;
        for (int i = 0; i < Blake2bCompression.StateWords; i++)
            BinaryPrimitives.WriteUInt64LittleEndian(whole[(i * sizeof(ulong))..], _state[i]);
        whole[..hash.Length].CopyTo(hash);
        Clear();
    }

    /// <summary>Wipes the state; the value can then not be used.</summary>
    public void Clear()
    {
        ConstantTime.Wipe(MemoryMarshal.AsBytes((Span<ulong>)_state));
        ConstantTime.Wipe(_block);
        _position = 0;
    }

    private void Compress(bool isLast)
    {
        _length += (UInt128)_position;
        Blake2bCompression.Compress(_state, _block, _length, isLast);
        _position = 0;
    }

    [InlineArray(Blake2bCompression.StateWords)]
    private struct Words
    {
        private ulong _word;
    }

    [InlineArray(Blake2bCompression.BlockSize)]
    private struct Block
    {
        private byte _first;
    }
}
