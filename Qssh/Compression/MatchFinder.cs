using System.Buffers.Binary;
using System.Numerics;

namespace Qssh.Compression;

/// <summary>
/// Cuts a block into sequences: literals, then a match with what was sent before on this channel, as LZ77 has it. Two tables know where
/// eight and five equal bytes stood last; the first match is taken (as in Zstandard's "dfast"), so that a block costs one pass.
/// </summary>
internal sealed class MatchFinder(int window) : IDisposable
{
    public const int MinMatch = 4;

    /// <summary>Sequences of one block.</summary>
    public const int MaxSequences = BlockDecoder.MaxOutput / MinMatch;

    private const int HashBits = 14;
    private const int Guard = 8;

    private readonly byte[] _bytes = new byte[(2 * window) + BlockDecoder.MaxOutput + Guard];

    /// <summary>Places in <see cref="_bytes"/>; zero is none, as the first byte stands at one.</summary>
    private readonly int[] _long = new int[1 << HashBits];
    private readonly int[] _short = new int[1 << HashBits];
    private readonly ulong[] _sequences = new ulong[MaxSequences];
    private readonly byte[] _literals = new byte[BlockDecoder.MaxOutput];
    private int _end = 1;
    private int _lastDistance;
    private int _count;
    private int _literalCount;

    /// <summary>In order; see <see cref="LiteralsOf"/>, <see cref="LengthOf"/> and <see cref="DistanceOf"/>.</summary>
    public ReadOnlySpan<ulong> Sequences => _sequences.AsSpan(0, _count);

    /// <summary>Those of all sequences, and those after the last one.</summary>
    public ReadOnlySpan<byte> Literals => _literals.AsSpan(0, _literalCount);

    public static int LiteralsOf(ulong sequence) => (int)(sequence & 0xFFFF);

    public static int LengthOf(ulong sequence) => (int)(sequence >> 16 & 0xFFFF);

    public static int DistanceOf(ulong sequence) => (int)(sequence >> 32);

    public void Find(ReadOnlySpan<byte> data)
    {
        MakeRoom(data.Length);
        _count = _literalCount = 0;
        int anchor = _end;
        data.CopyTo(_bytes.AsSpan(_end));
        _end += data.Length;
        anchor = FindMatches(anchor, _end - Guard);
        _bytes.AsSpan(anchor, _end - anchor).CopyTo(_literals.AsSpan(_literalCount));
        _literalCount += _end - anchor;
    }

    public void Dispose()
    {
        Array.Clear(_bytes);
        Array.Clear(_literals);
    }

    /// <returns>Where the literals after the last sequence begin.</returns>
    private int FindMatches(int anchor, int last)
    {
        ReadOnlySpan<byte> bytes = _bytes;
        int[] longs = _long, shorts = _short;
        int at = anchor;
        while (at < last)
        {
            ulong word = Load(bytes, at);
            int longSlot = LongHash(word), shortSlot = ShortHash(word);
            int far = longs[longSlot], near = shorts[shortSlot];
            longs[longSlot] = shorts[shortSlot] = at;
            int from, start = at;
            // The distance of the last match comes again in tables and records, and costs almost nothing to name.
            if (_lastDistance > 0 && (uint)Load(bytes, at + 1 - _lastDistance) == (uint)(word >> 8))
                from = ++start - _lastDistance;
            else if (far > 0 && at - far <= window && Load(bytes, far) == word)
                from = far;
            else if (near > 0 && at - near <= window && (uint)Load(bytes, near) == (uint)word)
                from = near;
            else
            {
                // What does not repeat is passed in growing steps.
                at += 1 + (at - anchor >> 8);
                continue;
            }

            at = Take(bytes, ref anchor, start, from);
            if (at < last)
            {
                ulong behind = Load(bytes, start + 2);
                longs[LongHash(behind)] = shorts[ShortHash(behind)] = start + 2;
                shorts[ShortHash(Load(bytes, at - 2))] = at - 2;
            }
        }

        return anchor;
    }

    /// <returns>The place after the match.</returns>
    private int Take(ReadOnlySpan<byte> bytes, ref int anchor, int start, int from)
    {
        int end = Extend(bytes, start + MinMatch, from + MinMatch);
        while (start > anchor && from > 1 && bytes[start - 1] == bytes[from - 1])
        {
            start--;
            from--;
        }

        int literals = start - anchor;
        bytes.Slice(anchor, literals).CopyTo(_literals.AsSpan(_literalCount));
        _literalCount += literals;
        _lastDistance = start - from;
        _sequences[_count++] = (uint)literals | (ulong)(uint)(end - start) << 16 | (ulong)(uint)_lastDistance << 32;
        anchor = end;
        return end;
    }

    private int Extend(ReadOnlySpan<byte> bytes, int at, int from)
    {
        while (at <= _end - sizeof(ulong))
        {
            ulong difference = Load(bytes, at) ^ Load(bytes, from);
            if (difference != 0)
                return at + (BitOperations.TrailingZeroCount(difference) >> 3);
            at += sizeof(ulong);
            from += sizeof(ulong);
        }

        while (at < _end && bytes[at] == bytes[from])
        {
            at++;
            from++;
        }

        return at;
    }

    private static ulong Load(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]);

    private static int LongHash(ulong word) => (int)(word * 0xCF1BBCDCB7A56463 >> 64 - HashBits);

    private static int ShortHash(ulong word) => (int)((word << 24) * 889523592379 >> 64 - HashBits);

    /// <summary>The last window moves to the front, and the places with it; a place that fell out becomes none.</summary>
    private void MakeRoom(int count)
    {
        if (_end + count + Guard <= _bytes.Length)
            return;
        int shift = _end - window - 1;
        _bytes.AsSpan(_end - window, window).CopyTo(_bytes.AsSpan(1));
        _end -= shift;
        foreach (int[] table in (ReadOnlySpan<int[]>)[_long, _short])
        {
            for (int i = 0; i < table.Length; i++)
                table[i] = Math.Max(0, table[i] - shift);
        }
    }
}
