using System.Numerics;

namespace Qssh.Compression.Zlib;

/// <summary>
/// Packs into one zlib stream (RFC 1950): each message is one block of DEFLATE, in whichever form is shortest, and an empty stored one that
/// brings it to the end of a byte.
/// </summary>
internal sealed class ZlibEncoder() : BlockEncoder(ZlibFormat.Window)
{
    private readonly int[] _literalCounts = new int[ZlibFormat.MaxLiteralSymbols];
    private readonly int[] _distanceCounts = new int[ZlibFormat.MaxDistanceSymbols];
    private readonly byte[] _literalLengths = new byte[ZlibFormat.LiteralSymbols];
    private readonly byte[] _distanceLengths = new byte[ZlibFormat.DistanceSymbols];
    private readonly ushort[] _literalCodes = new ushort[ZlibFormat.LiteralSymbols];
    private readonly ushort[] _distanceCodes = new ushort[ZlibFormat.DistanceSymbols];
    private readonly DynamicHeader _header = new();
    private bool _hasBegun;

    protected override int EncodeBlock(ReadOnlySpan<byte> data, Span<byte> output)
    {
        BitWriter writer = new(output);
        if (!_hasBegun)
            writer.Write(ZlibFormat.Method | ZlibFormat.Flags << 8, 16);
        _hasBegun = true;
        Count();
        ZlibFormat.FixedLengths(_literalLengths, _distanceLengths);
        long known = Cost();
        HuffmanLengths.Build(_literalCounts, _literalLengths, ZlibFormat.MaxCodeBits);
        HuffmanLengths.Build(_distanceCounts, _distanceLengths, ZlibFormat.MaxCodeBits);
        long made = _header.Set(_literalLengths, _distanceLengths) + Cost();
        if (Math.Min(made, known) >= data.Length << 3)
        {
            WriteStored(ref writer, data);
        }
        else if (made < known)
        {
            writer.Write((ulong)ZlibBlockType.Dynamic << 1, 3);
            _header.Write(ref writer);
            WriteSymbols(ref writer);
        }
        else
        {
            ZlibFormat.FixedLengths(_literalLengths, _distanceLengths);
            writer.Write((ulong)ZlibBlockType.Fixed << 1, 3);
            WriteSymbols(ref writer);
        }

        WriteStored(ref writer, []);
        return writer.Position;
    }

    private static void WriteStored(ref BitWriter writer, ReadOnlySpan<byte> data)
    {
        writer.Write((ulong)ZlibBlockType.Stored << 1, 3);
        writer.Align();
        writer.Write((uint)data.Length | (ulong)(uint)(~data.Length & 0xFFFF) << 16, 32);
        writer.Write(data);
    }

    private void Count()
    {
        Array.Clear(_literalCounts);
        Array.Clear(_distanceCounts);
        foreach (byte literal in Finder.Literals)
            _literalCounts[literal]++;
        foreach (ulong sequence in Finder.Sequences)
        {
            int distance = DistanceSymbol(MatchFinder.DistanceOf(sequence));
            for (int left = MatchFinder.LengthOf(sequence), piece; left > 0; left -= piece)
            {
                piece = Piece(left);
                _literalCounts[LengthSymbol(piece)]++;
                _distanceCounts[distance]++;
            }
        }

        _literalCounts[ZlibFormat.EndOfBlock] = 1;
    }

    /// <summary>Bits of all symbols with the present lengths, and of the block's header.</summary>
    private long Cost()
    {
        long bits = 3;
        for (int i = 0; i < _literalCounts.Length; i++)
            bits += (long)_literalCounts[i] * (_literalLengths[i] + (i > ZlibFormat.EndOfBlock ? ZlibFormat.LengthBits[i - ZlibFormat.FirstLength] : 0));
        for (int i = 0; i < _distanceCounts.Length; i++)
            bits += (long)_distanceCounts[i] * (_distanceLengths[i] + ZlibFormat.DistanceBits(i));
        return bits;
    }

    private void WriteSymbols(ref BitWriter writer)
    {
        DynamicHeader.Codes(_literalLengths, _literalCodes);
        DynamicHeader.Codes(_distanceLengths, _distanceCodes);
        ReadOnlySpan<byte> literals = Finder.Literals;
        foreach (ulong sequence in Finder.Sequences)
        {
            int count = MatchFinder.LiteralsOf(sequence);
            WriteLiterals(ref writer, literals[..count]);
            literals = literals[count..];
            WriteMatch(ref writer, MatchFinder.LengthOf(sequence), MatchFinder.DistanceOf(sequence));
        }

        WriteLiterals(ref writer, literals);
        writer.Write(_literalCodes[ZlibFormat.EndOfBlock], _literalLengths[ZlibFormat.EndOfBlock]);
    }

    private void WriteLiterals(ref BitWriter writer, ReadOnlySpan<byte> literals)
    {
        foreach (byte literal in literals)
            writer.Write(_literalCodes[literal], _literalLengths[literal]);
    }

    private void WriteMatch(ref BitWriter writer, int length, int distance)
    {
        int distanceSymbol = DistanceSymbol(distance);
        uint distanceExtra = (uint)(distance - ZlibFormat.DistanceBase[distanceSymbol]);
        for (int piece; length > 0; length -= piece)
        {
            piece = Piece(length);
            int symbol = LengthSymbol(piece), code = symbol - ZlibFormat.FirstLength;
            writer.Write(_literalCodes[symbol] | (ulong)(uint)(piece - ZlibFormat.LengthBase[code]) << _literalLengths[symbol], _literalLengths[symbol] + ZlibFormat.LengthBits[code]);
            writer.Write(
                _distanceCodes[distanceSymbol] | (ulong)distanceExtra << _distanceLengths[distanceSymbol],
                _distanceLengths[distanceSymbol] + ZlibFormat.DistanceBits(distanceSymbol));
        }
    }

    /// <summary>Of a match that is longer than the format has; what is left is a match as well.</summary>
    private static int Piece(int length) => length <= ZlibFormat.MaxMatch ? length : Math.Min(ZlibFormat.MaxMatch, length - ZlibFormat.MinMatch);

    private static int LengthSymbol(int length)
    {
        int value = length - ZlibFormat.MinMatch;
        if (value < 8)
            return ZlibFormat.FirstLength + value;
        if (length == ZlibFormat.MaxMatch)
            return ZlibFormat.MaxLiteralSymbols - 1;
        int log = BitOperations.Log2((uint)value);
        return ZlibFormat.FirstLength + (log - 1 << 2) + (value >> log - 2 & 3);
    }

    private static int DistanceSymbol(int distance)
    {
        int value = distance - 1;
        if (value < 2)
            return value;
        int log = BitOperations.Log2((uint)value);
        return (log << 1) + (value >> log - 1 & 1);
    }
}
