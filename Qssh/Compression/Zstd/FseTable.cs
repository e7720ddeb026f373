using System.Numerics;
using Qssh.Errors;

namespace Qssh.Compression.Zstd;

/// <summary>A decoding table of finite state entropy (RFC 8878, section 4.1): each state is a symbol and says where the next state is.</summary>
internal sealed class FseTable(int maxAccuracy, int maxSymbol)
{
    private const int MaxSymbols = 256;

    private readonly uint[] _states = new uint[1 << maxAccuracy];

    /// <summary>Bits of a state; -1: no table yet, which nothing can repeat.</summary>
    public int Accuracy { get; private set; } = -1;

    /// <summary>Symbol, bits to read and the state they are added to: 8, 8 and 16 bits.</summary>
    public ReadOnlySpan<uint> States => _states;

    public static int SymbolOf(uint state) => (int)(state & 0xFF);

    public static int BitsOf(uint state) => (int)(state >> 8 & 0xFF);

    public static int NextOf(uint state) => (int)(state >> 16);

    /// <summary>RLE_Mode: one symbol, no bits.</summary>
    public void SetSingle(int symbol)
    {
        if (symbol > maxSymbol)
            ProtocolException.Throw("symbol is not in the alphabet");
        _states[0] = (uint)symbol;
        Accuracy = 0;
    }

    /// <summary>A default distribution.</summary>
    public void SetDefault(ReadOnlySpan<byte> distribution, int accuracy)
    {
        Span<short> counts = stackalloc short[distribution.Length];
        FseCounts.OfDefault(distribution, counts);
        Build(counts, accuracy);
    }

    /// <summary>Reads a table description (section 4.1.1).</summary>
    /// <param name="size">Bytes that it may take.</param>
    /// <returns>Bytes it took.</returns>
    public int Read(ReadOnlySpan<byte> input, int start, int size)
    {
        Span<short> counts = stackalloc short[MaxSymbols];
        counts = counts[..(maxSymbol + 1)];
        counts.Clear();
        int used = FseCounts.Read(input, start, size, counts, maxAccuracy, out int accuracy);
        Build(counts, accuracy);
        return used;
    }

    private void Build(ReadOnlySpan<short> counts, int accuracy)
    {
        Span<byte> symbols = stackalloc byte[1 << accuracy];
        FseCounts.Spread(counts, symbols);
        Span<int> next = stackalloc int[MaxSymbols];
        for (int i = 0; i < counts.Length; i++)
            next[i] = Math.Abs((int)counts[i]);
        for (int i = 0; i < symbols.Length; i++)
        {
            int symbol = symbols[i];
            int count = next[symbol]++;
            int bits = accuracy - BitOperations.Log2((uint)count);
            _states[i] = (uint)symbol | (uint)bits << 8 | (uint)((count << bits) - symbols.Length) << 16;
        }

        Accuracy = accuracy;
    }
}
