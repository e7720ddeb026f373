namespace Qssh.Wire;

/// <summary>A view of records of fixed size as they stand on the wire.</summary>
internal readonly ref struct RecordList<T>
    where T : IWireRecord<T>, allows ref struct
{
    /// <param name="bytes">Whole records, nothing else.</param>
    public RecordList(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length % T.RecordSize, 0);
        Bytes = bytes;
    }

    public ReadOnlySpan<byte> Bytes { get; }

    public int Count => Bytes.Length / T.RecordSize;

    public T this[int index] => T.ReadRecord(Bytes.Slice(index * T.RecordSize, T.RecordSize));

    public Enumerator GetEnumerator() => new(this);

    public ref struct Enumerator(RecordList<T> list)
    {
        private readonly RecordList<T> _list = list;
        private int _index = -1;

        public readonly T Current => _list[_index];

        public bool MoveNext() => ++_index < _list.Count;
    }
}
