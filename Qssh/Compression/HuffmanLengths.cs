namespace Qssh.Compression;

/// <summary>Lengths of a Huffman code that are optimal but for a limit.</summary>
internal static class HuffmanLengths
{
    private const int MaxSymbols = 288;
    private const int MaxDepth = 32;

    /// <summary>
    /// Gives each symbol that occurs a length of at most <paramref name="limit"/>, so that the code is complete; a symbol that is alone gets
    /// one bit.
    /// </summary>
    /// <returns>How many symbols occur.</returns>
    public static int Build(ReadOnlySpan<int> counts, Span<byte> lengths, int limit)
    {
        Span<long> sorted = stackalloc long[MaxSymbols];
        lengths.Clear();
        int used = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            if (counts[i] > 0)
                sorted[used++] = (long)counts[i] << 16 | (long)i;
        }

        sorted = sorted[..used];
        Sort(sorted);
        if (used <= 1)
        {
            if (used == 1)
                lengths[(int)(sorted[0] & 0xFFFF)] = 1;
            return used;
        }

        Span<int> ofLength = stackalloc int[MaxDepth];
        CountLengths(sorted, ofLength, limit);
        Complete(ofLength, limit);
        // The rarest symbols come first and get the longest codes.
        int next = 0;
        for (int length = limit; length > 0; length--)
        {
            for (int i = ofLength[length]; i > 0; i--)
                lengths[(int)(sorted[next++] & 0xFFFF)] = (byte)length;
        }

        return used;
    }

    /// <summary>Joins the two rarest nodes until one is left; nodes come into being in rising order, so that two queues are enough.</summary>
    private static void CountLengths(ReadOnlySpan<long> sorted, Span<int> ofLength, int limit)
    {
        int leaves = sorted.Length;
        Span<int> weights = stackalloc int[MaxSymbols], parents = stackalloc int[2 * MaxSymbols];
        int leaf = 0, node = 0;
        for (int made = 0; made < leaves - 1; made++)
        {
            weights[made] = 0;
            for (int child = 0; child < 2; child++)
            {
                bool isLeaf = leaf < leaves && (node == made || sorted[leaf] >> 16 <= weights[node]);
                parents[isLeaf ? leaf : leaves + node] = made;
                weights[made] += isLeaf ? (int)(sorted[leaf++] >> 16) : weights[node++];
            }
        }

        // From the root down: the depth of a node takes the place of its weight.
        ofLength.Clear();
        weights[leaves - 2] = 0;
        for (int i = leaves - 3; i >= 0; i--)
            weights[i] = weights[parents[leaves + i]] + 1;
        for (int i = 0; i < leaves; i++)
            ofLength[Math.Min(weights[parents[i]] + 1, limit)]++;
    }

    /// <summary>Codes that were cut at the limit take more room than there is: shorter ones grow until all fit exactly.</summary>
    private static void Complete(Span<int> ofLength, int limit)
    {
        int total = 0;
        for (int length = 1; length <= limit; length++)
            total += ofLength[length] << limit - length;
        for (; total > 1 << limit; total--)
        {
            int length = limit - 1;
            while (ofLength[length] == 0)
                length--;
            ofLength[limit]--;
            ofLength[length]--;
            ofLength[length + 1] += 2;
        }
    }

    /// <summary>Shell's sort: at most 288 numbers.</summary>
    private static void Sort(Span<long> values)
    {
        foreach (int gap in (ReadOnlySpan<int>)[132, 57, 23, 10, 4, 1])
        {
            for (int i = gap; i < values.Length; i++)
            {
                long value = values[i];
                int at = i;
                for (; at >= gap && values[at - gap] > value; at -= gap)
                    values[at] = values[at - gap];
                values[at] = value;
            }
        }
    }
}
