namespace Qssh.Compression.Zstd;

/// <summary>One of the three codes of a block's sequences: how often each symbol occurs, and the cheapest table for that.</summary>
internal sealed class SequenceCode
{
    /// <summary>Fewer do not pay for the description of a table.</summary>
    private const int FewSequences = 32;

    private readonly byte[] _symbols = new byte[MatchFinder.MaxSequences];
    private readonly int[] _counts;
    private readonly int _maxAccuracy;
    private readonly FseEncoder _default;

    /// <summary>What is in use, which the decoder can be told to repeat; and one to try.</summary>
    private FseEncoder _table;
    private FseEncoder _made;
    private FseEncoder _own;

    public SequenceCode(int maxAccuracy, int maxSymbol, ReadOnlySpan<byte> distribution, int accuracy)
    {
        _counts = new int[maxSymbol + 1];
        _maxAccuracy = maxAccuracy;
        _default = new FseEncoder(accuracy, maxSymbol);
        _default.SetDefault(distribution, accuracy);
        _own = new FseEncoder(maxAccuracy, maxSymbol);
        _made = new FseEncoder(maxAccuracy, maxSymbol);
        _table = _own;
    }

    public int this[int sequence] => _symbols[sequence];

    public void Clear() => Array.Clear(_counts);

    /// <summary>The decoder has not got the last table.</summary>
    public void Forget() => _own.Forget();

    public void Set(int sequence, int symbol)
    {
        _symbols[sequence] = (byte)symbol;
        _counts[symbol]++;
    }

    /// <summary>Chooses the table and writes its description, if it has one.</summary>
    public ZstdTableMode Describe(ref BitWriter writer, int count)
    {
        if (count > 2 && _counts[_symbols[0]] == count)
        {
            writer.Write(_symbols[0], 8);
            _own.SetSingle();
            _table = _own;
            return ZstdTableMode.Rle;
        }

        // Only a table of our own is repeated: the default one is named at no cost.
        long repeated = _own.Accuracy > 0 && _table == _own ? Cost(_own) : long.MaxValue, known = Cost(_default), made = long.MaxValue;
        int start = writer.Position;
        if (count >= FewSequences)
        {
            _made.SetCounts(_counts, count, _maxAccuracy);
            BitWriter trial = writer;
            _made.WriteDescription(ref trial);
            made = Cost(_made) + (trial.Position - start << 11);
        }

        if (repeated <= known && repeated <= made)
            return ZstdTableMode.Repeat;
        _table = _default;
        if (known <= made)
            return ZstdTableMode.Predefined;
        (_own, _made) = (_made, _own);
        _table = _own;
        _own.WriteDescription(ref writer);
        return ZstdTableMode.Compressed;
    }

    public int First(int sequence) => _table.First(_symbols[sequence]);

    public void Write(ref BitWriter writer, ref int state, int sequence) => _table.Write(ref writer, ref state, _symbols[sequence]);

    public void WriteState(ref BitWriter writer, int state) => _table.WriteState(ref writer, state);

    /// <summary>256ths of a bit for all symbols.</summary>
    private long Cost(FseEncoder table)
    {
        long cost = 0;
        for (int i = 0; i < _counts.Length; i++)
        {
            if (_counts[i] > 0)
                cost += (long)_counts[i] * table.CostOf(i);
        }

        return cost;
    }
}
