namespace Qssh.Compression.Zlib;

/// <summary>The code lengths of a block with dynamic Huffman codes (RFC 1951, section 3.2.7), packed by a third code.</summary>
internal sealed class DynamicHeader
{
    private const byte Repeat = 16, Zeros = 17, ManyZeros = 18;
    private const int MaxRepeat = 6, MaxZeros = 10, MaxManyZeros = 138;

    /// <summary>The lengths as symbols of the third code, and what follows each of them.</summary>
    private readonly byte[] _symbols = new byte[ZlibFormat.MaxLiteralSymbols + ZlibFormat.MaxDistanceSymbols];
    private readonly byte[] _extra = new byte[ZlibFormat.MaxLiteralSymbols + ZlibFormat.MaxDistanceSymbols];
    private readonly byte[] _lengths = new byte[ZlibFormat.LengthCodes];
    private readonly ushort[] _codes = new ushort[ZlibFormat.LengthCodes];
    private int _count;
    private int _literals;
    private int _distances;
    private int _orders;

    /// <summary>Packs these lengths.</summary>
    /// <returns>Bits of the header.</returns>
    public int Set(ReadOnlySpan<byte> literalLengths, ReadOnlySpan<byte> distanceLengths)
    {
        _literals = Math.Max(ZlibFormat.FirstLength, literalLengths.LastIndexOfAnyExcept((byte)0) + 1);
        _distances = Math.Max(1, distanceLengths.LastIndexOfAnyExcept((byte)0) + 1);
        Span<byte> all = stackalloc byte[ZlibFormat.MaxLiteralSymbols + ZlibFormat.MaxDistanceSymbols];
        literalLengths[.._literals].CopyTo(all);
        distanceLengths[.._distances].CopyTo(all[_literals..]);
        Span<int> counts = stackalloc int[ZlibFormat.LengthCodes];
        counts.Clear();
        Pack(all[..(_literals + _distances)], counts);
        // A code of one symbol is not complete: readers want two.
        if (HuffmanLengths.Build(counts, _lengths, ZlibFormat.MaxLengthCodeBits) == 1)
            _lengths[_lengths[0] == 0 ? 0 : 1] = 1;
        Codes(_lengths, _codes);
        _orders = ZlibFormat.LengthCodes;
        while (_lengths[ZlibFormat.LengthOrder[_orders - 1]] == 0)
            _orders--;
        int bits = 14 + (3 * _orders);
        for (int i = 0; i < _count; i++)
            bits += _lengths[_symbols[i]] + ExtraBits(_symbols[i]);
        return bits;
    }

    public void Write(ref BitWriter writer)
    {
        writer.Write((ulong)(_literals - ZlibFormat.FirstLength | _distances - 1 << 5 | _orders - 4 << 10), 14);
        for (int i = 0; i < _orders; i++)
            writer.Write(_lengths[ZlibFormat.LengthOrder[i]], 3);
        for (int i = 0; i < _count; i++)
        {
            writer.Write(_codes[_symbols[i]], _lengths[_symbols[i]]);
            writer.Write(_extra[i], ExtraBits(_symbols[i]));
        }
    }

    /// <summary>Section 3.2.2: codes of given lengths, as they are written: from the highest bit on.</summary>
    public static void Codes(ReadOnlySpan<byte> lengths, Span<ushort> codes)
    {
        int code = 0;
        for (int length = 1; length <= ZlibFormat.MaxCodeBits; length++, code <<= 1)
        {
            for (int symbol = 0; symbol < lengths.Length; symbol++)
            {
                if (lengths[symbol] == length)
                    codes[symbol] = (ushort)InflateTable.Reverse(code++, length);
            }
        }
    }

    private void Pack(ReadOnlySpan<byte> lengths, Span<int> counts)
    {
        _count = 0;
        for (int at = 0; at < lengths.Length;)
        {
            byte length = lengths[at];
            int run = lengths[at..].IndexOfAnyExcept(length);
            if (run < 0)
                run = lengths.Length - at;
            if (length == 0 && run >= 3)
            {
                run = Math.Min(run, MaxManyZeros);
                Add(run > MaxZeros ? ManyZeros : Zeros, run - (run > MaxZeros ? MaxZeros + 1 : 3), counts);
            }
            else if (at > 0 && lengths[at - 1] == length && run >= 3)
            {
                run = Math.Min(run, MaxRepeat);
                Add(Repeat, run - 3, counts);
            }
            else
            {
                run = 1;
                Add(length, 0, counts);
            }

            at += run;
        }
    }

    private void Add(byte symbol, int extra, Span<int> counts)
    {
        counts[symbol]++;
        _symbols[_count] = symbol;
        _extra[_count++] = (byte)extra;
    }

    private static int ExtraBits(byte symbol) => symbol switch { Repeat => 2, Zeros => 3, ManyZeros => 7, _ => 0 };
}
