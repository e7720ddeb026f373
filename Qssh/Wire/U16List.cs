using System.Buffers.Binary;

namespace Qssh.Wire;

/// <summary>A view of u16 values as they stand on the wire.</summary>
internal readonly ref struct U16List
{
    /// <param name="bytes">Big-endian values; an even number of bytes.</param>
    public U16List(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length % sizeof(ushort), 0);
        Bytes = bytes;
    }

    public ReadOnlySpan<byte> Bytes { get; }

    public int Count => Bytes.Length / sizeof(ushort);

    public ushort this[int index] => BinaryPrimitives.ReadUInt16BigEndian(Bytes.Slice(index * sizeof(ushort), sizeof(ushort)));

    /// <summary>Lays values out for sending; the list is a view of <paramref name="storage"/>, two bytes for each value.</summary>
    public static U16List Create(scoped ReadOnlySpan<ushort> values, Span<byte> storage)
    {
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteUInt16BigEndian(storage[(i * sizeof(ushort))..], values[i]);

        return new U16List(storage[..(values.Length * sizeof(ushort))]);
    }

    public static U16List Create(scoped ReadOnlySpan<ushort> values) => Create(values, new byte[values.Length * sizeof(ushort)]);

    public bool Contains(ushort value)
    {
        foreach (ushort item in this)
        {
            if (item == value)
                return true;
        }

        return false;
    }

    public Enumerator GetEnumerator() => new(this);

    public ref struct Enumerator(U16List list)
    {
        private readonly U16List _list = list;
        private int _index = -1;

        public readonly ushort Current => _list[_index];

        public bool MoveNext() => ++_index < _list.Count;
    }
}
