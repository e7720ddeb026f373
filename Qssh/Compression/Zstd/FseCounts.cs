using System.Buffers.Binary;
using Qssh.Errors;

namespace Qssh.Compression.Zstd;

/// <summary>
/// Probabilities of the symbols of an FSE table (RFC 8878, section 4.1.1) in parts of 2^accuracy. A symbol with less than one part has -1
/// and takes one state all the same.
/// </summary>
internal static class FseCounts
{
    private const byte LessThanOne = byte.MaxValue;

    public static void OfDefault(ReadOnlySpan<byte> distribution, Span<short> counts)
    {
        for (int i = 0; i < distribution.Length; i++)
            counts[i] = distribution[i] == LessThanOne ? (short)-1 : distribution[i];
    }

    /// <summary>Reads a description into cleared counts.</summary>
    /// <returns>Bytes it took.</returns>
    public static int Read(ReadOnlySpan<byte> input, int start, int size, Span<short> counts, int maxAccuracy, out int accuracy)
    {
        int bit = start << 3, end = start + size << 3;
        accuracy = Take(input, ref bit, 4) + ZstdFormat.MinAccuracy;
        if (accuracy > maxAccuracy)
            ProtocolException.Throw("accuracy of a table is too high");
        // Parts that are left plus one: a value is read with as many bits as numbers up to this need.
        int left = (1 << accuracy) + 1;
        for (int symbol = 0; left > 1; symbol++)
        {
            if (symbol >= counts.Length || bit > end)
                ProtocolException.Throw("table description is too long");
            int count = TakeCount(input, ref bit, left);
            counts[symbol] = (short)count;
            left -= Math.Abs(count);
            if (count == 0)
                symbol += TakeZeros(input, ref bit, end);
        }

        if (left != 1 || bit > end)
            ProtocolException.Throw("probabilities of a table do not sum up");
        return (bit + 7 >> 3) - start;
    }

    /// <summary>Section 4.1.1: symbols get their states in steps over the table, those of -1 from its end.</summary>
    /// <param name="symbols">One for each state.</param>
    public static void Spread(ReadOnlySpan<short> counts, Span<byte> symbols)
    {
        int high = symbols.Length - 1, mask = high;
        for (int i = 0; i < counts.Length; i++)
        {
            if (counts[i] < 0)
                symbols[high--] = (byte)i;
        }

        int step = (symbols.Length >> 1) + (symbols.Length >> 3) + 3, at = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            for (int n = counts[i]; n > 0; n--)
            {
                symbols[at] = (byte)i;
                do
                    at = at + step & mask;
                while (at > high);
            }
        }
    }

    /// <summary>Small values have one bit less, as far as there are numbers to spare.</summary>
    private static int TakeCount(ReadOnlySpan<byte> input, ref int bit, int left)
    {
        int bits = System.Numerics.BitOperations.Log2((uint)left) + 1;
        int threshold = 1 << bits - 1;
        int spare = (2 * threshold) - 1 - left;
        int value = Peek(input, bit) & (2 * threshold) - 1;
        if ((value & threshold - 1) < spare)
        {
            value &= threshold - 1;
            bits--;
        }
        else if (value >= threshold)
        {
            value -= spare;
        }

        bit += bits;
        return value - 1;
    }

    private static int TakeZeros(ReadOnlySpan<byte> input, ref int bit, int end)
    {
        int zeros = 0, more;
        do
        {
            more = Take(input, ref bit, 2);
            zeros += more;
        }
        while (more == 3 && bit <= end);
        return zeros;
    }

    private static int Take(ReadOnlySpan<byte> input, ref int bit, int count)
    {
        int value = Peek(input, bit) & (1 << count) - 1;
        bit += count;
        return value;
    }

    private static int Peek(ReadOnlySpan<byte> input, int bit) => (int)(BinaryPrimitives.ReadUInt32LittleEndian(input[(bit >> 3)..]) >> (bit & 7));
}
