using Qssh.Errors;

namespace Qssh.Compression.Zlib;

/// <summary>
/// Unpacks one zlib stream (RFC 1950) that never ends: each message is whole blocks of DEFLATE (RFC 1951), the last of which is a stored one,
/// so that it ends with a byte ("sync flush"). The first message begins with the stream's header.
/// </summary>
internal sealed class ZlibDecoder() : BlockDecoder(ZlibFormat.Window)
{
    /// <summary>Tables take time to build: that many blocks are in one message at most.</summary>
    private const int MaxBlocks = 16;

    private readonly InflateTable _literals = new(ZlibFormat.LiteralSymbols);
    private readonly InflateTable _distances = new(ZlibFormat.DistanceSymbols);
    private readonly InflateTable _lengths = new(ZlibFormat.LengthCodes);
    private bool _hasBegun;
    private int _bit;

    protected override void DecodeBlock(ReadOnlySpan<byte> input, int size)
    {
        int end = InputPad + size << 3;
        _bit = InputPad << 3;
        if (!_hasBegun)
            ReadHeader(input, size);
        _hasBegun = true;
        for (int blocks = 0; _bit < end; blocks++)
        {
            if (blocks == MaxBlocks)
                ProtocolException.Throw("too many blocks in one message");
            int header = Take(input, 3);
            if ((header & 1) != 0)
                ProtocolException.Throw("the stream does not end");
            switch ((ZlibBlockType)(header >> 1))
            {
                case ZlibBlockType.Stored:
                    ReadStored(input, end);
                    continue;
                case ZlibBlockType.Fixed:
                    SetFixedCodes();
                    break;
                case ZlibBlockType.Dynamic:
                    ReadCodes(input, end);
                    break;
                default:
                    ProtocolException.Throw("block of no known type");
                    break;
            }

            ReadSymbols(input, end);
            if (_bit >= end)
                ProtocolException.Throw("message does not end with a stored block");
        }
    }

    private void ReadHeader(ReadOnlySpan<byte> input, int size)
    {
        int method = input[InputPad], flags = input[InputPad + 1];
        if (size < ZlibFormat.HeaderSize || (method & 15) != 8 || method >> 4 > 7 || (flags & 0x20) != 0 || ((method << 8) + flags) % 31 != 0)
            ProtocolException.Throw("not a zlib stream");
        _bit += ZlibFormat.HeaderSize << 3;
    }

    /// <summary>Section 3.2.4.</summary>
    private void ReadStored(ReadOnlySpan<byte> input, int end)
    {
        _bit = _bit + 7 & ~7;
        int length = Take(input, 16), inverse = Take(input, 16);
        if ((length ^ inverse) != 0xFFFF || length > end - _bit >> 3)
            ProtocolException.Throw("stored block does not fit");
        CopyLiterals(input.Slice(_bit >> 3, length));
        _bit += length << 3;
    }

    private void SetFixedCodes()
    {
        Span<byte> literals = stackalloc byte[ZlibFormat.LiteralSymbols], distances = stackalloc byte[ZlibFormat.DistanceSymbols];
        ZlibFormat.FixedLengths(literals, distances);
        _literals.Build(literals, false);
        _distances.Build(distances, false);
    }

    /// <summary>Section 3.2.7.</summary>
    private void ReadCodes(ReadOnlySpan<byte> input, int end)
    {
        int literals = Take(input, 5) + 257, distances = Take(input, 5) + 1, count = Take(input, 4) + 4;
        if (literals > ZlibFormat.MaxLiteralSymbols || distances > ZlibFormat.MaxDistanceSymbols)
            ProtocolException.Throw("too many symbols");
        Span<byte> lengths = stackalloc byte[ZlibFormat.LiteralSymbols + ZlibFormat.DistanceSymbols];
        lengths.Clear();
        for (int i = 0; i < count; i++)
            lengths[ZlibFormat.LengthOrder[i]] = (byte)Take(input, 3);
        _lengths.Build(lengths[..ZlibFormat.LengthCodes], false);

        int total = literals + distances;
        for (int at = 0; at < total;)
        {
            int cell = _lengths.Find(Load(input, _bit) >> (_bit & 7));
            _bit += cell & 15;
            int symbol = cell >> 4, repeat = 1;
            byte length = (byte)symbol;
            if (symbol >= 16)
            {
                length = symbol == 16 && at > 0 ? lengths[at - 1] : (byte)0;
                repeat = symbol switch { 16 => 3 + Take(input, 2), 17 => 3 + Take(input, 3), _ => 11 + Take(input, 7) };
            }

            if (_bit > end || repeat > total - at || (symbol == 16 && at == 0))
                ProtocolException.Throw("code lengths do not fit");
            lengths.Slice(at, repeat).Fill(length);
            at += repeat;
        }

        if (lengths[ZlibFormat.EndOfBlock] == 0)
            ProtocolException.Throw("block has no end");
        _literals.Build(lengths[..literals], false);
        _distances.Build(lengths.Slice(literals, distances), true);
    }

    private void ReadSymbols(ReadOnlySpan<byte> input, int end)
    {
        Span<byte> history = History;
        int bit = _bit, to = Position;
        while (true)
        {
            if (bit >= end)
                ProtocolException.Throw("block is cut");
            // At most 15 + 5 + 15 + 13 bits are one literal, or a length and its distance.
            ulong bits = Load(input, bit) >> (bit & 7);
            int cell = _literals.Find(bits), taken = cell & 15, symbol = cell >> 4;
            if (symbol < ZlibFormat.EndOfBlock)
            {
                if (to >= End || taken == 0)
                    TooMuch();
                history[to++] = (byte)symbol;
                bit += taken;
                continue;
            }

            if (symbol == ZlibFormat.EndOfBlock)
            {
                _bit = bit + taken;
                Position = to;
                return;
            }

            symbol -= ZlibFormat.FirstLength;
            if (symbol >= ZlibFormat.LengthBase.Length)
                ProtocolException.Throw("length of no known code");
            int extra = ZlibFormat.LengthBits[symbol];
            int length = ZlibFormat.LengthBase[symbol] + (int)(bits >> taken & (1UL << extra) - 1);
            taken += extra;
            cell = _distances.Find(bits >> taken);
            symbol = cell >> 4;
            taken += cell & 15;
            if ((cell & 15) == 0 || symbol >= ZlibFormat.MaxDistanceSymbols || length > End - to)
                TooMuch();
            extra = ZlibFormat.DistanceBits(symbol);
            int distance = ZlibFormat.DistanceBase[symbol] + (int)(bits >> taken & (1UL << extra) - 1);
            if (distance > to)
                ProtocolException.Throw("match reaches beyond the window");
            CopyMatch(history, to, distance, length);
            to += length;
            bit += taken + extra;
        }
    }

    private int Take(ReadOnlySpan<byte> input, int count)
    {
        int value = (int)(Load(input, _bit) >> (_bit & 7)) & (1 << count) - 1;
        _bit += count;
        return value;
    }
}
