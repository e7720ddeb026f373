using System.Buffers.Binary;
using System.Numerics;
using Qssh.Errors;

namespace Qssh.Compression.Zstd;

/// <summary>
/// A bit stream that is read from its end, where its highest set bit marks the first one (RFC 8878, section 4.1). It may be read past its
/// beginning by less than the padding of the input; <see cref="IsOver"/> tells.
/// </summary>
internal ref struct BackwardBits
{
    private readonly ReadOnlySpan<byte> _input;
    private readonly int _first;
    private int _bit;

    public BackwardBits(ReadOnlySpan<byte> input, int start, int size)
    {
        if (size <= 0 || input[start + size - 1] == 0)
            ProtocolException.Throw("bit stream has no end mark");
        _input = input;
        _first = start << 3;
        _bit = (start + size - 1 << 3) + BitOperations.Log2(input[start + size - 1]);
    }

    public readonly bool IsOver => _bit < _first;

    public readonly bool IsExact => _bit == _first;

    /// <summary>The next bits, and what was read before above them.</summary>
    /// <param name="count">At most 57.</param>
    public ulong Take(int count)
    {
        _bit -= count;
        return BinaryPrimitives.ReadUInt64LittleEndian(_input[(_bit >> 3)..]) >> (_bit & 7);
    }

    /// <summary>The next 56 bits from the top; what is used of them is taken by <see cref="Skip"/>.</summary>
    public readonly ulong Peek()
    {
        int from = _bit - 56 >> 3;
        return BinaryPrimitives.ReadUInt64LittleEndian(_input[from..]) << ((from << 3) + 64 - _bit);
    }

    public void Skip(int count) => _bit -= count;
}
