using System.Numerics;

namespace Qssh.Compression.Zstd;

/// <summary>
/// An encoding table of finite state entropy (RFC 8878, section 4.1): the decoder's table turned round. A state here is that of the decoder
/// plus the size of the table.
/// </summary>
internal sealed class FseEncoder(int maxAccuracy, int maxSymbol)
{
    private readonly short[] _counts = new short[maxSymbol + 1];
    private readonly ushort[] _states = new ushort[1 << maxAccuracy];

    /// <summary>Of each symbol: what added to a state has the number of bits to write in its upper half, and where its next states begin.</summary>
    private readonly int[] _bits = new int[maxSymbol + 1];
    private readonly int[] _starts = new int[maxSymbol + 1];

    /// <summary>0: a single symbol that takes no bits; -1: no table.</summary>
    public int Accuracy { get; private set; } = -1;

    public ReadOnlySpan<short> Counts => _counts;

    /// <summary>The table is no longer what the decoder has.</summary>
    public void Forget() => Accuracy = -1;

    public void SetSingle() => Accuracy = 0;

    public void SetDefault(ReadOnlySpan<byte> distribution, int accuracy)
    {
        Array.Clear(_counts);
        FseCounts.OfDefault(distribution, _counts);
        Build(accuracy);
    }

    /// <summary>Fits a distribution to what occurs: each symbol gets its part of 2^accuracy, and at least one.</summary>
    public void SetCounts(ReadOnlySpan<int> counts, int total, int limit)
    {
        int symbols = 0, largest = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            symbols += counts[i] > 0 ? 1 : 0;
            if (counts[i] > counts[largest])
                largest = i;
        }

        int accuracy = Math.Max(Math.Min(limit, BitOperations.Log2((uint)total) - 1), BitOperations.Log2((uint)symbols) + 1);
        accuracy = Math.Clamp(accuracy, ZstdFormat.MinAccuracy, limit);
        int left = 1 << accuracy;
        Array.Clear(_counts);
        for (int i = 0; i < counts.Length; i++)
        {
            if (counts[i] == 0)
                continue;
            _counts[i] = (short)Math.Max(1, (((long)counts[i] << accuracy) + (total >> 1)) / total);
            left -= _counts[i];
        }

        // What rounding left over goes to the most frequent one; what it took too much is given back by those that have most.
        if (left > 0)
            _counts[largest] += (short)left;
        for (; left < 0; left++)
            _counts[Largest()]--;
        Build(accuracy);
    }

    /// <summary>256ths of a bit that the symbol takes on average; a large number for one that the table has not.</summary>
    public int CostOf(int symbol)
    {
        const int Never = 1 << 20;
        if (Accuracy < 0 || symbol >= _counts.Length || _counts[symbol] == 0)
            return Never;
        uint parts = (uint)Math.Max((short)1, _counts[symbol]);
        int log = BitOperations.Log2(parts);
        // The logarithm between two powers of two as a straight line.
        return (Accuracy - log << 8) - (int)((parts << 8 >> log) - 256);
    }

    /// <summary>The state before the last symbol.</summary>
    public int First(int symbol)
    {
        int bits = _bits[symbol] + (1 << 15) >> 16;
        return Accuracy == 0 ? 0 : _states[((bits << 16) - _bits[symbol] >> bits) + _starts[symbol]];
    }

    /// <summary>Writes what brings the decoder from this symbol to the next one.</summary>
    public void Write(ref BitWriter writer, ref int state, int symbol)
    {
        if (Accuracy == 0)
            return;
        int bits = state + _bits[symbol] >> 16;
        writer.Write((uint)state & (1u << bits) - 1, bits);
        state = _states[(state >> bits) + _starts[symbol]];
    }

    /// <summary>Writes the state that the decoder begins with.</summary>
    public void WriteState(ref BitWriter writer, int state) => writer.Write((uint)state & (1u << Accuracy) - 1, Accuracy);

    /// <summary>Section 4.1.1.</summary>
    public void WriteDescription(ref BitWriter writer)
    {
        writer.Write((uint)(Accuracy - ZstdFormat.MinAccuracy), 4);
        int left = (1 << Accuracy) + 1;
        for (int symbol = 0; left > 1; symbol++)
        {
            int count = _counts[symbol], bits = BitOperations.Log2((uint)left) + 1;
            int threshold = 1 << bits - 1, spare = (2 * threshold) - 1 - left, value = count + 1;
            left -= Math.Abs(count);
            if (value < spare)
                bits--;
            else if (value >= threshold)
                value += spare;
            writer.Write((uint)value, bits);
            if (count != 0)
                continue;
            int zeros = 0;
            while (_counts[symbol + 1 + zeros] == 0)
                zeros++;
            symbol += zeros;
            for (; zeros >= 3; zeros -= 3)
                writer.Write(3, 2);
            writer.Write((uint)zeros, 2);
        }

        writer.Align();
    }

    private int Largest()
    {
        int largest = 0;
        for (int i = 1; i < _counts.Length; i++)
        {
            if (_counts[i] > _counts[largest])
                largest = i;
        }

        return largest;
    }

    private void Build(int accuracy)
    {
        int size = 1 << accuracy, total = 0;
        Span<byte> symbols = stackalloc byte[size];
        FseCounts.Spread(_counts, symbols);
        Span<int> next = stackalloc int[_counts.Length];
        for (int i = 0; i < _counts.Length; i++)
        {
            int count = Math.Abs((int)_counts[i]);
            next[i] = total;
            int most = count <= 1 ? accuracy : accuracy - BitOperations.Log2((uint)(count - 1));
            _bits[i] = (most << 16) - (count << most);
            _starts[i] = total - count;
            total += count;
        }

        for (int i = 0; i < size; i++)
            _states[next[symbols[i]]++] = (ushort)(size + i);
        Accuracy = accuracy;
    }
}
