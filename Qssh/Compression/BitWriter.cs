using System.Buffers.Binary;

namespace Qssh.Compression;

/// <summary>Writes bits, the lowest first, as both DEFLATE (RFC 1951, section 3.1.1) and Zstandard (RFC 8878, section 4) want them.</summary>
internal ref struct BitWriter(Span<byte> output)
{
    private readonly Span<byte> _output = output;
    private ulong _bits;
    private int _count;
    private int _position;

    /// <summary>Bytes written, after <see cref="Align"/>.</summary>
    public readonly int Position => _position;

    /// <param name="count">At most 56.</param>
    public void Write(ulong value, int count)
    {
        _bits |= value << _count;
        _count += count;
        BinaryPrimitives.WriteUInt64LittleEndian(_output[_position..], _bits);
        int bytes = _count >> 3;
        _position += bytes;
        _bits >>= bytes << 3;
        _count &= 7;
    }

    /// <summary>Fills the last byte with zeros.</summary>
    public void Align()
    {
        if (_count > 0)
            Write(0, 8 - _count);
    }

    /// <summary>Puts up to eight bytes where they were left free.</summary>
    public readonly void Patch(int at, ulong value, int count)
    {
        for (int i = 0; i < count; i++)
            _output[at + i] = (byte)(value >> (8 * i));
    }

    /// <summary>Whole bytes, after <see cref="Align"/>.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_output[_position..]);
        _position += bytes.Length;
    }
}
