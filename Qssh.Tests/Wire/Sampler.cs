using System.Buffers.Binary;
using Qssh.Wire;

namespace Qssh.Tests.Wire;

/// <summary>Chooses field values from bytes that FsCheck made, so that shrinking those shrinks the message. When they run out it goes on with zeros.</summary>
internal sealed class Sampler(byte[] entropy)
{
    private int _position;

    public byte U8() => _position < entropy.Length ? entropy[_position++] : (byte)0;

    public ushort U16() => BinaryPrimitives.ReadUInt16BigEndian(Bytes(2));

    public uint U32() => BinaryPrimitives.ReadUInt32BigEndian(Bytes(4));

    public ulong U64() => BinaryPrimitives.ReadUInt64BigEndian(Bytes(8));

    public bool Flag() => (U8() & 1) == 1;

    /// <summary>Between the limits, both included.</summary>
    public int Between(int min, int max) => min + (int)(U32() % (uint)(max - min + 1));

    public byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        for (int i = 0; i < length; i++)
            bytes[i] = U8();

        return bytes;
    }

    /// <summary>One time in four an extreme length, else a short one.</summary>
    public byte[] Bytes(int min, int max) => Bytes((U8() & 7) switch
    {
        0 => min,
        1 => max,
        _ => Between(min, Math.Min(max, min + 40)),
    });

    public byte[] Rising(int minCount, int min, int max)
    {
        var values = new List<byte>();
        for (int value = min; value <= max; value++)
        {
            if (Flag() || max - value < minCount - values.Count)
                values.Add((byte)value);
        }

        return [.. values];
    }

    public U16List Falling(int minCount, int maxCount)
    {
        int count = Between(minCount, maxCount);
        var values = new SortedSet<ushort>();
        for (ushort value = U16(); values.Count < count; value += 7919)
            values.Add(value);

        return U16List.Create([.. values.Reverse()]);
    }

    public U16List U16s(int minCount, int maxCount) => new(Bytes(2 * Between(minCount, maxCount)));

    public T Pick<T>(params ReadOnlySpan<T> choices) => choices[U8() % choices.Length];
}
