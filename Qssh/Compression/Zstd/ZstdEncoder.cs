using System.Numerics;

namespace Qssh.Compression.Zstd;

/// <summary>
/// Packs into the blocks of one Zstandard frame (RFC 8878), one for each message: the literals by Huffman's code, literal lengths, offsets and
/// match lengths by finite state entropy. What does not shrink becomes a raw block, so that both sides remember the same.
/// </summary>
internal sealed class ZstdEncoder() : BlockEncoder(ZstdFormat.Window)
{
    private const int MaxSequences = MatchFinder.MaxSequences;

    private readonly HuffmanEncoder _huffman = new();
    private readonly SequenceCode _literalCode = new(
        ZstdFormat.LiteralAccuracy, ZstdFormat.MaxLiteralCode, ZstdFormat.DefaultLiterals, ZstdFormat.DefaultLiteralAccuracy);

    private readonly SequenceCode _offsetCode = new(
        ZstdFormat.OffsetAccuracy, DefaultOffsets, ZstdFormat.DefaultOffsets, ZstdFormat.DefaultOffsetAccuracy);

    private readonly SequenceCode _matchCode = new(
        ZstdFormat.MatchAccuracy, ZstdFormat.MaxMatchCode, ZstdFormat.DefaultMatches, ZstdFormat.DefaultMatchAccuracy);

    private readonly int[] _offsets = new int[MaxSequences];
    private int _offset1 = 1, _offset2 = 4, _offset3 = 8;

    /// <summary>The default distribution has codes that a window of ours does not use.</summary>
    private const int DefaultOffsets = 28;

    protected override int EncodeBlock(ReadOnlySpan<byte> data, Span<byte> output)
    {
        (int first, int second, int third) = (_offset1, _offset2, _offset3);
        BitWriter writer = new(output);
        writer.Write(0, 8 * ZstdFormat.BlockHeaderSize);
        _huffman.Write(ref writer, Finder.Literals);
        WriteSequences(ref writer);
        int size = writer.Position - ZstdFormat.BlockHeaderSize;
        ZstdBlockType type = ZstdBlockType.Compressed;
        if (size >= data.Length)
        {
            // The decoder will not see what was to be remembered for the next block.
            (_offset1, _offset2, _offset3) = (first, second, third);
            _huffman.Forget();
            _literalCode.Forget();
            _offsetCode.Forget();
            _matchCode.Forget();
            type = ZstdBlockType.Raw;
            size = data.Length;
            data.CopyTo(output[ZstdFormat.BlockHeaderSize..]);
        }

        writer.Patch(0, (uint)type << 1 | (uint)size << 3, ZstdFormat.BlockHeaderSize);
        return ZstdFormat.BlockHeaderSize + size;
    }

    /// <summary>Section 3.1.1.3.2.</summary>
    private void WriteSequences(ref BitWriter writer)
    {
        ReadOnlySpan<ulong> sequences = Finder.Sequences;
        int count = sequences.Length;
        if (count < 128)
            writer.Write((uint)count, 8);
        else
            writer.Write((uint)(count >> 8) + 128 | (uint)(count & 0xFF) << 8, 16);
        if (count == 0)
            return;

        SetCodes(sequences);
        int modes = writer.Position;
        writer.Write(0, 8);
        uint literals = (uint)_literalCode.Describe(ref writer, count);
        uint offsets = (uint)_offsetCode.Describe(ref writer, count);
        uint matches = (uint)_matchCode.Describe(ref writer, count);
        writer.Patch(modes, literals << 6 | offsets << 4 | matches << 2, 1);
        WriteStream(ref writer, sequences);
    }

    private void SetCodes(ReadOnlySpan<ulong> sequences)
    {
        _literalCode.Clear();
        _offsetCode.Clear();
        _matchCode.Clear();
        for (int i = 0; i < sequences.Length; i++)
        {
            int literals = MatchFinder.LiteralsOf(sequences[i]);
            int offset = OffsetValue(MatchFinder.DistanceOf(sequences[i]), literals == 0);
            _offsets[i] = offset;
            _literalCode.Set(i, LiteralCode(literals));
            _offsetCode.Set(i, BitOperations.Log2((uint)offset));
            _matchCode.Set(i, MatchCode(MatchFinder.LengthOf(sequences[i])));
        }
    }

    /// <summary>Read from its end: the last sequence is written first, and of each what the decoder reads last.</summary>
    private void WriteStream(ref BitWriter writer, ReadOnlySpan<ulong> sequences)
    {
        int last = sequences.Length - 1;
        int match = _matchCode.First(last), offset = _offsetCode.First(last), literal = _literalCode.First(last);
        for (int i = last; i >= 0; i--)
        {
            if (i < last)
            {
                _offsetCode.Write(ref writer, ref offset, i);
                _matchCode.Write(ref writer, ref match, i);
                _literalCode.Write(ref writer, ref literal, i);
            }

            int literalCode = _literalCode[i], matchCode = _matchCode[i], offsetCode = _offsetCode[i];
            int literalBits = ZstdFormat.LiteralBits[literalCode], matchBits = ZstdFormat.MatchBits[matchCode];
            ulong extra = (uint)(MatchFinder.LiteralsOf(sequences[i]) - ZstdFormat.LiteralBase[literalCode]);
            extra |= (ulong)(uint)(MatchFinder.LengthOf(sequences[i]) - ZstdFormat.MatchBase[matchCode]) << literalBits;
            extra |= (ulong)(uint)(_offsets[i] - (1 << offsetCode)) << literalBits + matchBits;
            writer.Write(extra, literalBits + matchBits + offsetCode);
        }

        _matchCode.WriteState(ref writer, match);
        _offsetCode.WriteState(ref writer, offset);
        _literalCode.WriteState(ref writer, literal);
        writer.Write(1, 1);
        writer.Align();
    }

    /// <summary>Section 3.1.1.5: an offset as it is written; one of the last three has a small number.</summary>
    private int OffsetValue(int offset, bool noLiterals)
    {
        int value = offset == _offset1 ? 1 : offset == _offset2 ? 2 : offset == _offset3 ? 3 : offset + 3;
        if (noLiterals)
        {
            // After no literals the last offset cannot come again: the numbers mean the next ones.
            if (value == 1)
                value = offset + 3;
            else if (value <= 3)
                value--;
            if (value > 3 && offset == _offset1 - 1)
                value = 3;
        }

        if (value == 1 && !noLiterals)
            return value;
        if (offset != _offset2 || value > 3)
            _offset3 = _offset2;
        _offset2 = _offset1;
        _offset1 = offset;
        return value;
    }

    private static int LiteralCode(int length)
    {
        if (length < 16)
            return length;
        if (length >= 64)
            return BitOperations.Log2((uint)length) + 19;
        int code = 16;
        while (ZstdFormat.LiteralBase[code + 1] <= length)
            code++;
        return code;
    }

    private static int MatchCode(int length)
    {
        if (length < 35)
            return length - 3;
        if (length >= 131)
            return BitOperations.Log2((uint)(length - 3)) + 36;
        int code = 32;
        while (ZstdFormat.MatchBase[code + 1] <= length)
            code++;
        return code;
    }
}
