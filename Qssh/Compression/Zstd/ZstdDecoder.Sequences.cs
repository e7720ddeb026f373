using Qssh.Errors;

namespace Qssh.Compression.Zstd;

/// <summary>The sequences section of a block (RFC 8878, section 3.1.1.3.2) and what it does with the literals.</summary>
internal sealed partial class ZstdDecoder
{
    private readonly FseTable _literalTable = new(ZstdFormat.LiteralAccuracy, ZstdFormat.MaxLiteralCode);
    private readonly FseTable _offsetTable = new(ZstdFormat.OffsetAccuracy, MaxOffsetSymbol);
    private readonly FseTable _matchTable = new(ZstdFormat.MatchAccuracy, ZstdFormat.MaxMatchCode);
    private int _offset1 = 1, _offset2 = 4, _offset3 = 8;

    /// <summary>Tables may have codes of offsets that no window of ours has; they must not be used.</summary>
    private const int MaxOffsetSymbol = 31;

    private void ReadSequences(ReadOnlySpan<byte> input, int start, int size)
    {
        Require(size > 0);
        int at = start, end = start + size, count = input[at++];
        if (count == 0)
        {
            Require(size == 1);
            CopyLiterals(_literals.AsSpan(0, _literalCount));
            return;
        }

        if (count == 255)
            count = input[at++] + (input[at++] << 8) + 0x7F00;
        else if (count >= 128)
            count = (count - 128 << 8) + input[at++];
        int modes = input[at++];
        if (at > end || (modes & 3) != 0)
            ProtocolException.Throw("sequences have no modes");
        at += ReadTable(_literalTable, (ZstdTableMode)(modes >> 6), input, at, end - at, ZstdFormat.DefaultLiterals, ZstdFormat.DefaultLiteralAccuracy);
        at += ReadTable(_offsetTable, (ZstdTableMode)(modes >> 4 & 3), input, at, end - at, ZstdFormat.DefaultOffsets, ZstdFormat.DefaultOffsetAccuracy);
        at += ReadTable(_matchTable, (ZstdTableMode)(modes >> 2 & 3), input, at, end - at, ZstdFormat.DefaultMatches, ZstdFormat.DefaultMatchAccuracy);
        Execute(new BackwardBits(input, at, end - at), count);
    }

    /// <returns>Bytes that the description takes.</returns>
    private static int ReadTable(FseTable table, ZstdTableMode mode, ReadOnlySpan<byte> input, int start, int size, ReadOnlySpan<byte> distribution, int accuracy)
    {
        switch (mode)
        {
            case ZstdTableMode.Predefined:
                table.SetDefault(distribution, accuracy);
                return 0;
            case ZstdTableMode.Rle:
                Require(size > 0);
                table.SetSingle(input[start]);
                return 1;
            case ZstdTableMode.Compressed:
                return table.Read(input, start, size);
            default:
                if (table.Accuracy < 0)
                    ProtocolException.Throw("no table to repeat");
                return 0;
        }
    }

    private void Execute(BackwardBits bits, int count)
    {
        ReadOnlySpan<uint> literalStates = _literalTable.States, offsetStates = _offsetTable.States, matchStates = _matchTable.States;
        ReadOnlySpan<byte> literals = _literals.AsSpan(0, _literalCount);
        Span<byte> history = History;
        int to = Position, used = 0;
        int literalState = Read(ref bits, _literalTable.Accuracy), offsetState = Read(ref bits, _offsetTable.Accuracy), matchState = Read(ref bits, _matchTable.Accuracy);
        while (true)
        {
            uint literalCell = literalStates[literalState], offsetCell = offsetStates[offsetState], matchCell = matchStates[matchState];
            int literalCode = FseTable.SymbolOf(literalCell), offsetCode = FseTable.SymbolOf(offsetCell), matchCode = FseTable.SymbolOf(matchCell);
            if (offsetCode > ZstdFormat.MaxOffsetCode)
                Stray();
            int literalBits = ZstdFormat.LiteralBits[literalCode], matchBits = ZstdFormat.MatchBits[matchCode];
            ulong extra = bits.Take(offsetCode + matchBits + literalBits);
            int length = ZstdFormat.LiteralBase[literalCode] + Low(extra, literalBits);
            int match = ZstdFormat.MatchBase[matchCode] + Low(extra >> literalBits, matchBits);
            int offset = Offset((1 << offsetCode) + Low(extra >> (literalBits + matchBits), offsetCode), length == 0);
            if (bits.IsOver || length > literals.Length - used || length + match > End - to)
                TooMuch();
            CopyShort(history, to, literals, used, length);
            used += length;
            to += length;
            if (offset > to || offset > ZstdFormat.Window || offset == 0)
                Stray();
            CopyMatch(history, to, offset, match);
            to += match;
            if (--count == 0)
                break;

            int literalNext = FseTable.BitsOf(literalCell), offsetNext = FseTable.BitsOf(offsetCell), matchNext = FseTable.BitsOf(matchCell);
            ulong next = bits.Take(literalNext + matchNext + offsetNext);
            offsetState = FseTable.NextOf(offsetCell) + Low(next, offsetNext);
            matchState = FseTable.NextOf(matchCell) + Low(next >> offsetNext, matchNext);
            literalState = FseTable.NextOf(literalCell) + Low(next >> (offsetNext + matchNext), literalNext);
        }

        if (!bits.IsExact)
            ProtocolException.Throw("sequences do not fill their stream");
        Position = to;
        CopyLiterals(literals[used..]);
    }

    /// <summary>Section 3.1.1.5: the last three offsets, and which of them a small value means.</summary>
    private int Offset(int value, bool noLiterals)
    {
        int offset;
        if (value > 3)
        {
            offset = value - 3;
            _offset3 = _offset2;
            _offset2 = _offset1;
            return _offset1 = offset;
        }

        if (noLiterals)
            value++;
        if (value == 1)
            return _offset1;
        offset = value switch { 2 => _offset2, 3 => _offset3, _ => _offset1 - 1 };
        if (value != 2)
            _offset3 = _offset2;
        _offset2 = _offset1;
        return _offset1 = offset;
    }

    /// <summary>Most runs of literals are short: one copy of sixteen bytes is quicker than a call. What it puts behind them is overwritten.</summary>
    private static void CopyShort(Span<byte> history, int to, ReadOnlySpan<byte> literals, int from, int count)
    {
        const int Short = 16;
        if (count <= Short && literals.Length - from >= Short)
            literals.Slice(from, Short).CopyTo(history.Slice(to, Short));
        else
            literals.Slice(from, count).CopyTo(history[to..]);
    }

    private static int Read(ref BackwardBits bits, int count) => Low(bits.Take(count), count);

    private static int Low(ulong value, int count) => (int)(value & (1UL << count) - 1);

    private static void Stray() => ProtocolException.Throw("match reaches beyond the window");
}
