namespace Qssh.Compression.Zstd;

/// <summary>Writes the literals section (RFC 8878, section 3.1.1.3.1), with a Huffman code where that is shorter.</summary>
internal sealed class HuffmanEncoder
{
    private const int MaxSymbols = 256;

    /// <summary>The tree takes some dozen bytes.</summary>
    private const int FewLiterals = 64;

    /// <summary>From here on four streams, of which a reader can decode all at once.</summary>
    private const int ManyLiterals = 256;

    private readonly int[] _counts = new int[MaxSymbols];
    private readonly FseEncoder _weightEncoder = new(ZstdFormat.MaxWeightAccuracy, ZstdFormat.MaxHuffmanBits);
    private readonly byte[] _tree = new byte[2 * MaxSymbols];
    private readonly ushort[] _codes = new ushort[MaxSymbols];
    private byte[] _lengths = new byte[MaxSymbols];
    private byte[] _newLengths = new byte[MaxSymbols];
    private bool _isKnown;

    /// <summary>The decoder has not got the last tree.</summary>
    public void Forget() => _isKnown = false;

    public void Write(ref BitWriter writer, ReadOnlySpan<byte> literals)
    {
        Array.Clear(_counts);
        foreach (byte literal in literals)
            _counts[literal]++;
        long known = _isKnown ? Cost(_lengths) : long.MaxValue;
        int tree = 0;
        long made = long.MaxValue;
        if (literals.Length >= FewLiterals && HuffmanLengths.Build(_counts, _newLengths, ZstdFormat.MaxHuffmanBits) is var symbols)
        {
            if (symbols == 1)
            {
                WriteHeader(ref writer, ZstdLiteralsType.Rle, literals.Length);
                writer.Write(literals[0], 8);
                return;
            }

            tree = DescribeTree();
            made = tree == 0 ? long.MaxValue : Cost(_newLengths) + (8 * tree);
        }

        // Headers, stream sizes and end marks are some bytes more.
        if (Math.Min(known, made) >= (literals.Length << 3) - 96)
        {
            WriteHeader(ref writer, ZstdLiteralsType.Raw, literals.Length);
            writer.Write(literals);
            return;
        }

        bool isTreeless = known <= made;
        if (!isTreeless)
        {
            (_lengths, _newLengths) = (_newLengths, _lengths);
            Assign();
            _isKnown = true;
        }

        WritePacked(ref writer, isTreeless, _tree.AsSpan(0, isTreeless ? 0 : tree), literals);
    }

    private long Cost(byte[] lengths)
    {
        long bits = 0;
        for (int i = 0; i < _counts.Length; i++)
        {
            if (_counts[i] == 0)
                continue;
            if (lengths[i] == 0)
                return long.MaxValue;
            bits += (long)_counts[i] * lengths[i];
        }

        return bits;
    }

    /// <summary>Section 4.2.1: the weights of all symbols but the last, packed by FSE or as half bytes, whichever is shorter.</summary>
    /// <returns>Bytes of it; 0: it cannot be described.</returns>
    private int DescribeTree()
    {
        const int MaxPlain = 128;
        int bits = 0, last = 0;
        Span<byte> weights = stackalloc byte[MaxSymbols];
        foreach (byte length in _newLengths)
            bits = Math.Max(bits, length);
        for (int i = 0; i < MaxSymbols; i++)
        {
            weights[i] = (byte)(_newLengths[i] == 0 ? 0 : bits + 1 - _newLengths[i]);
            if (weights[i] != 0)
                last = i;
        }

        int packed = PackWeights(weights[..last]), plain = (last + 1) / 2;
        if (packed > 0 && packed < MaxPlain && (packed < plain || last > MaxPlain))
        {
            _tree[0] = (byte)packed;
            return packed + 1;
        }

        if (last > MaxPlain)
            return 0;
        _tree[0] = (byte)(last + 127);
        weights[last] = 0;
        for (int i = 0; i < plain; i++)
            _tree[i + 1] = (byte)(weights[2 * i] << 4 | weights[(2 * i) + 1]);
        return plain + 1;
    }

    /// <summary>Section 4.2.1.2, in two states by turns; written from the last weight to the first.</summary>
    private int PackWeights(ReadOnlySpan<byte> weights)
    {
        Span<int> counts = stackalloc int[ZstdFormat.MaxHuffmanBits + 1];
        counts.Clear();
        int most = 0;
        foreach (byte weight in weights)
            most = Math.Max(most, ++counts[weight]);
        if (weights.Length < 3 || most == weights.Length)
            return 0;
        _weightEncoder.SetCounts(counts, weights.Length, ZstdFormat.MaxWeightAccuracy);
        BitWriter writer = new(_tree.AsSpan(1));
        _weightEncoder.WriteDescription(ref writer);
        Span<int> states = [0, 0];
        for (int i = weights.Length - 1; i >= 0; i--)
        {
            if (i >= weights.Length - 2)
                states[i & 1] = _weightEncoder.First(weights[i]);
            else
                _weightEncoder.Write(ref writer, ref states[i & 1], weights[i]);
        }

        _weightEncoder.WriteState(ref writer, states[1]);
        _weightEncoder.WriteState(ref writer, states[0]);
        writer.Write(1, 1);
        writer.Align();
        return writer.Position;
    }

    /// <summary>Section 4.2.1.3: the longest codes are the lowest.</summary>
    private void Assign()
    {
        int code = 0;
        for (int length = ZstdFormat.MaxHuffmanBits; length > 0; length--, code >>= 1)
        {
            for (int symbol = 0; symbol < MaxSymbols; symbol++)
            {
                if (_lengths[symbol] == length)
                    _codes[symbol] = (ushort)code++;
            }
        }
    }

    /// <summary>The sizes stand before the streams: they are written when these are there.</summary>
    private void WritePacked(ref BitWriter writer, bool isTreeless, ReadOnlySpan<byte> tree, ReadOnlySpan<byte> literals)
    {
        bool isSingle = literals.Length < ManyLiterals;
        int bits = literals.Length < 1 << 10 ? 10 : literals.Length < 1 << 14 ? 14 : 18;
        int format = isSingle ? 0 : bits switch { 10 => 1, 14 => 2, _ => 3 };
        int headerSize = (4 + (2 * bits)) / 8, start = writer.Position;
        writer.Write(0, 8 * headerSize);
        writer.Write(tree);
        if (isSingle)
        {
            WriteStream(ref writer, literals);
        }
        else
        {
            int part = literals.Length + 3 >> 2, jumps = writer.Position;
            writer.Write(0, 48);
            ulong sizes = 0;
            for (int i = 0; i < 4; i++)
            {
                int before = writer.Position;
                WriteStream(ref writer, i < 3 ? literals.Slice(i * part, part) : literals[(3 * part)..]);
                if (i < 3)
                    sizes |= (ulong)(uint)(writer.Position - before) << 16 * i;
            }

            writer.Patch(jumps, sizes, 6);
        }

        ZstdLiteralsType type = isTreeless ? ZstdLiteralsType.Treeless : ZstdLiteralsType.Compressed;
        int packed = writer.Position - start - headerSize;
        writer.Patch(start, (uint)type | (ulong)(uint)format << 2 | (ulong)(uint)literals.Length << 4 | (ulong)(uint)packed << 4 + bits, headerSize);
    }

    private void WriteStream(ref BitWriter writer, ReadOnlySpan<byte> literals)
    {
        for (int i = literals.Length - 1; i >= 0; i--)
            writer.Write(_codes[literals[i]], _lengths[literals[i]]);
        writer.Write(1, 1);
        writer.Align();
    }

    private static void WriteHeader(ref BitWriter writer, ZstdLiteralsType type, int count)
    {
        if (count < 1 << 5)
            writer.Write((uint)type | (uint)count << 3, 8);
        else if (count < 1 << 12)
            writer.Write((uint)type | 1u << 2 | (uint)count << 4, 16);
        else
            writer.Write((uint)type | 3u << 2 | (uint)count << 4, 24);
    }
}
