using Qssh.Errors;

namespace Qssh.Compression.Zstd;

/// <summary>
/// Unpacks the blocks of one Zstandard frame (RFC 8878, section 3.1.1.2), one in each message. The frame's header is not sent: its window is
/// <see cref="ZstdFormat.Window"/>, it has no dictionary, no checksum and no last block.
/// </summary>
internal sealed partial class ZstdDecoder() : BlockDecoder(ZstdFormat.Window)
{
    private readonly byte[] _literals = new byte[MaxOutput];
    private readonly HuffmanTable _huffman = new();
    private int _literalCount;

    public override void Dispose()
    {
        base.Dispose();
        Array.Clear(_literals);
    }

    protected override void DecodeBlock(ReadOnlySpan<byte> input, int size)
    {
        if (size < ZstdFormat.BlockHeaderSize)
            ProtocolException.Throw("block has no header");
        int header = input[InputPad] | input[InputPad + 1] << 8 | input[InputPad + 2] << 16;
        int start = InputPad + ZstdFormat.BlockHeaderSize, content = size - ZstdFormat.BlockHeaderSize, length = header >> 3;
        ZstdBlockType type = (ZstdBlockType)(header >> 1 & 3);
        if ((header & 1) != 0 || (type == ZstdBlockType.Rle ? content != 1 : content != length))
            ProtocolException.Throw("block is not as long as it says, or the last one");
        switch (type)
        {
            case ZstdBlockType.Raw:
                CopyLiterals(input.Slice(start, length));
                break;
            case ZstdBlockType.Rle:
                if (length > End - Position)
                    TooMuch();
                History.AsSpan(Position, length).Fill(input[start]);
                Position += length;
                break;
            case ZstdBlockType.Compressed:
                int used = ReadLiterals(input, start, length);
                ReadSequences(input, start + used, length - used);
                break;
            default:
                ProtocolException.Throw("block of no known type");
                break;
        }
    }

    /// <summary>Section 3.1.1.3.1.</summary>
    /// <returns>Bytes that the section takes.</returns>
    private int ReadLiterals(ReadOnlySpan<byte> input, int start, int size)
    {
        if (size < 1)
            ProtocolException.Throw("no literals section");
        ZstdLiteralsType type = (ZstdLiteralsType)(input[start] & 3);
        int format = input[start] >> 2 & 3;
        if (type >= ZstdLiteralsType.Compressed)
            return ReadPackedLiterals(input, start, size, format, type == ZstdLiteralsType.Treeless);

        int headerSize = (format & 1) == 0 ? 1 : format == 1 ? 2 : 3;
        long header = Header(input, start);
        int count = (int)((header & (1 << 8 * headerSize) - 1) >> ((format & 1) == 0 ? 3 : 4));
        int content = type == ZstdLiteralsType.Raw ? count : 1;
        Require(count <= End - Position && headerSize + content <= size);
        _literalCount = count;
        Span<byte> literals = _literals.AsSpan(0, count);
        if (type == ZstdLiteralsType.Raw)
            input.Slice(start + headerSize, count).CopyTo(literals);
        else
            literals.Fill(input[start + headerSize]);
        return headerSize + content;
    }

    /// <summary>Sizes of the headers: 3, 3, 4 and 5 bytes with 10, 10, 14 and 18 bits for each of the two numbers.</summary>
    private int ReadPackedLiterals(ReadOnlySpan<byte> input, int start, int size, int format, bool isTreeless)
    {
        int headerSize = Math.Max(3, format + 2), bits = format switch { 2 => 14, 3 => 18, _ => 10 };
        long header = Header(input, start) >> 4;
        int count = (int)(header & (1 << bits) - 1), packed = (int)(header >> bits & (1 << bits) - 1);
        Require(count > 0 && count <= End - Position && headerSize + packed <= size);
        int at = start + headerSize, end = at + packed;
        if (!isTreeless)
            at += _huffman.Read(input, at, packed);
        else if (!_huffman.IsSet)
            ProtocolException.Throw("literals without a tree");

        _literalCount = count;
        Span<byte> literals = _literals.AsSpan(0, count);
        if (format == 0)
            _huffman.Decode(input, at, end - at, literals);
        else
            DecodeStreams(input, at, end, literals);
        return headerSize + packed;
    }

    /// <summary>Section 3.1.1.3.1.6: a jump table of three sizes, then four streams.</summary>
    private void DecodeStreams(ReadOnlySpan<byte> input, int at, int end, Span<byte> literals)
    {
        const int JumpTable = 6;
        int part = literals.Length + 3 >> 2;
        Require(end - at > JumpTable && 3 * part < literals.Length);
        int sizes = at;
        at += JumpTable;
        for (int i = 0; i < 3; i++)
        {
            int size = input[sizes + (2 * i)] | input[sizes + (2 * i) + 1] << 8;
            Require(size <= end - at);
            _huffman.Decode(input, at, size, literals.Slice(i * part, part));
            at += size;
        }

        _huffman.Decode(input, at, end - at, literals[(3 * part)..]);
    }

    private static long Header(ReadOnlySpan<byte> input, int start) => (long)Load(input, start << 3) & 0xFF_FFFF_FFFF;

    private static void Require(bool isSound)
    {
        if (!isSound)
            ProtocolException.Throw("section does not fit its block");
    }
}
