using Qssh.Errors;

namespace Qssh.Compression.Zlib;

/// <summary>
/// A canonical Huffman code (RFC 1951, section 3.2.2): a table for the first ten bits, and for longer codes the first code and symbol of each
/// length.
/// </summary>
internal sealed class InflateTable(int maxSymbols)
{
    private const int QuickBits = 10;

    private readonly ushort[] _quick = new ushort[1 << QuickBits];
    private readonly ushort[] _symbols = new ushort[maxSymbols];
    private readonly int[] _counts = new int[ZlibFormat.MaxCodeBits + 1];

    /// <param name="lengths">Zero for a symbol that has no code.</param>
    /// <param name="mayBeSingle">A code of one symbol with one bit, or of none, is taken as well: so a block with one distance is written.</param>
    public void Build(ReadOnlySpan<byte> lengths, bool mayBeSingle)
    {
        Span<int> codes = stackalloc int[ZlibFormat.MaxCodeBits + 2], places = stackalloc int[ZlibFormat.MaxCodeBits + 2];
        Array.Clear(_counts);
        foreach (byte length in lengths)
            _counts[length]++;
        int used = lengths.Length - _counts[0];
        _counts[0] = 0;
        int left = 1;
        codes[1] = places[1] = 0;
        for (int length = 1; length <= ZlibFormat.MaxCodeBits; length++)
        {
            left = (left << 1) - _counts[length];
            if (left < 0)
                ProtocolException.Throw("Huffman code has too many symbols");
            codes[length + 1] = codes[length] + _counts[length] << 1;
            places[length + 1] = places[length] + _counts[length];
        }

        if (left > 0 && !(mayBeSingle && (used == 0 || (used == 1 && _counts[1] == 1))))
            ProtocolException.Throw("Huffman code is not complete");
        Array.Clear(_quick);
        for (int symbol = 0; symbol < lengths.Length; symbol++)
        {
            int length = lengths[symbol];
            if (length == 0)
                continue;
            _symbols[places[length]++] = (ushort)symbol;
            int code = codes[length]++;
            if (length > QuickBits)
                continue;
            // Codes are packed from their highest bit on, so the table is asked with the bits reversed.
            for (int at = Reverse(code, length); at < _quick.Length; at += 1 << length)
                _quick[at] = (ushort)(symbol << 4 | length);
        }
    }

    /// <summary>The next symbol times sixteen, and how many of the bits it takes; zero: there is none.</summary>
    public int Find(ulong bits)
    {
        int cell = _quick[(int)bits & (1 << QuickBits) - 1];
        return cell != 0 ? cell : FindLong(bits);
    }

    public static int Reverse(int code, int length)
    {
        int reversed = 0;
        for (; length > 0; length--, code >>= 1)
            reversed = reversed << 1 | code & 1;
        return reversed;
    }

    private int FindLong(ulong bits)
    {
        int code = 0, first = 0, place = 0;
        for (int length = 1; length <= ZlibFormat.MaxCodeBits; length++, bits >>= 1)
        {
            code |= (int)(bits & 1);
            int count = _counts[length];
            if (code - count < first)
                return _symbols[place + code - first] << 4 | length;
            place += count;
            first = first + count << 1;
            code <<= 1;
        }

        return 0;
    }
}
