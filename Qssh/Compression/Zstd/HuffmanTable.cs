using System.Numerics;
using Qssh.Errors;

namespace Qssh.Compression.Zstd;

/// <summary>The Huffman code of the literals (RFC 8878, section 4.2), as a table from the next bits to a symbol and its length.</summary>
internal sealed class HuffmanTable
{
    private const int MaxSymbols = 256;

    /// <summary>Symbols that the bits of one load hold.</summary>
    private const int SymbolsPerLoad = 5;

    private readonly ushort[] _cells = new ushort[1 << ZstdFormat.MaxHuffmanBits];
    private readonly FseTable _weightTable = new(ZstdFormat.MaxWeightAccuracy, ZstdFormat.MaxHuffmanBits);
    private int _bits;

    /// <summary>There is a table that a treeless block may use.</summary>
    public bool IsSet => _bits > 0;

    /// <summary>Reads a tree description (section 4.2.1).</summary>
    /// <returns>Bytes it took.</returns>
    public int Read(ReadOnlySpan<byte> input, int start, int size)
    {
        if (size < 1)
            ProtocolException.Throw("no Huffman tree");
        Span<byte> weights = stackalloc byte[MaxSymbols];
        int header = input[start], used, count;
        if (header < 128)
        {
            used = header + 1;
            if (used > size)
                ProtocolException.Throw("Huffman tree is cut");
            count = ReadPacked(input, start + 1, header, weights);
        }
        else
        {
            count = header - 127;
            used = (count + 1 >> 1) + 1;
            if (used > size)
                ProtocolException.Throw("Huffman tree is cut");
            for (int i = 0; i < count; i++)
                weights[i] = (byte)(input[start + 1 + (i >> 1)] >> ((~i & 1) << 2) & 15);
        }

        Build(weights, count);
        return used;
    }

    public void Decode(ReadOnlySpan<byte> input, int start, int size, Span<byte> output)
    {
        BackwardBits bits = new(input, start, size);
        ReadOnlySpan<ushort> cells = _cells;
        int shift = 64 - _bits, at = 0;
        for (; output.Length - at >= SymbolsPerLoad; at += SymbolsPerLoad)
        {
            ulong word = bits.Peek();
            int taken = 0;
            foreach (ref byte symbol in output.Slice(at, SymbolsPerLoad))
            {
                int cell = cells[(int)(word >> shift)];
                symbol = (byte)(cell >> 8);
                word <<= cell & 0xFF;
                taken += cell & 0xFF;
            }

            bits.Skip(taken);
            if (bits.IsOver)
                break;
        }

        for (; at < output.Length && !bits.IsOver; at++)
        {
            int cell = cells[(int)(bits.Peek() >> shift)];
            output[at] = (byte)(cell >> 8);
            bits.Skip(cell & 0xFF);
        }

        if (!bits.IsExact)
            ProtocolException.Throw("literals do not fill their stream");
    }

    /// <summary>Section 4.2.1.2: the weights in two FSE states by turns. The stream ends when a state has no more bits; the other has one weight yet.</summary>
    private int ReadPacked(ReadOnlySpan<byte> input, int start, int size, Span<byte> weights)
    {
        int used = _weightTable.Read(input, start, size);
        BackwardBits bits = new(input, start + used, size - used);
        int accuracy = _weightTable.Accuracy, mask = (1 << accuracy) - 1;
        int state = (int)bits.Take(accuracy) & mask, other = (int)bits.Take(accuracy) & mask, count = 0;
        if (bits.IsOver)
            ProtocolException.Throw("weights have no states");
        // The last symbol's weight is not written.
        while (count < MaxSymbols - 1)
        {
            uint cell = _weightTable.States[state];
            weights[count++] = (byte)FseTable.SymbolOf(cell);
            int length = FseTable.BitsOf(cell);
            state = other;
            other = FseTable.NextOf(cell) + ((int)bits.Take(length) & (1 << length) - 1);
            if (!bits.IsOver)
                continue;
            if (count == MaxSymbols - 1)
                break;
            weights[count++] = (byte)FseTable.SymbolOf(_weightTable.States[state]);
            return count;
        }

        ProtocolException.Throw("too many weights");
        return 0;
    }

    private void Build(Span<byte> weights, int count)
    {
        int sum = 0;
        foreach (byte weight in weights[..count])
        {
            if (weight > ZstdFormat.MaxHuffmanBits)
                ProtocolException.Throw("Huffman code is too long");
            sum += 1 << weight >> 1;
        }

        // The last symbol's weight fills the sum up to a power of two.
        int bits = BitOperations.Log2((uint)sum) + 1, left = (1 << bits) - sum;
        if (sum == 0 || bits > ZstdFormat.MaxHuffmanBits || !BitOperations.IsPow2(left))
            ProtocolException.Throw("Huffman code is not complete");
        weights[count++] = (byte)(BitOperations.Log2((uint)left) + 1);

        int at = 0;
        for (int weight = 1; weight <= bits; weight++)
        {
            for (int symbol = 0; symbol < count; symbol++)
            {
                if (weights[symbol] != weight)
                    continue;
                _cells.AsSpan(at, 1 << weight >> 1).Fill((ushort)(symbol << 8 | bits + 1 - weight));
                at += 1 << weight >> 1;
            }
        }

        _bits = bits;
    }
}
