using System.Buffers.Binary;

namespace Qssh.Wire;

/// <summary>
/// Reads big-endian integers and length-prefixed strings (docs/protocol.md, section 1) from bytes of the peer. Every length is checked
/// against its limit and against what is there before anything is handed out. What is handed out are views.
/// </summary>
/// <remarks><c>field</c> names what was being read, for the reason of the exception: fixed text, never bytes of the peer.</remarks>
internal ref struct WireReader(ReadOnlySpan<byte> input)
{
    private ReadOnlySpan<byte> _rest = input;

    /// <summary>What has not been read yet.</summary>
    public readonly ReadOnlySpan<byte> Remaining => _rest;

    public byte U8(string field = "u8") => Take(1, field)[0];

    public ushort U16(string field = "u16") => BinaryPrimitives.ReadUInt16BigEndian(Take(sizeof(ushort), field));

    public uint U32(string field = "u32") => BinaryPrimitives.ReadUInt32BigEndian(Take(sizeof(uint), field));

    public ulong U64(string field = "u64") => BinaryPrimitives.ReadUInt64BigEndian(Take(sizeof(ulong), field));

    /// <summary>A u8 that is 0 or 1.</summary>
    public bool Flag(string field = "flag")
    {
        byte value = U8(field);
        if (value > 1)
            WireFault.Value(field);

        return value == 1;
    }

    public ReadOnlySpan<byte> Bytes(int length, string field = "bytes") => Take(length, field);

    public ReadOnlySpan<byte> ByteString8(int min = 0, int max = byte.MaxValue, string field = "b8") => ByteString(U8(field), min, max, field);

    public ReadOnlySpan<byte> ByteString16(int min = 0, int max = ushort.MaxValue, string field = "b16") => ByteString(U16(field), min, max, field);

    /// <summary>All that is left, between the limits.</summary>
    public ReadOnlySpan<byte> Rest(int min = 0, int max = ushort.MaxValue, string field = "rest") => ByteString(_rest.Length, min, max, field);

    /// <summary>A <c>b8</c> of u16 values; the limits count values.</summary>
    public U16List U16List8(int min, int max, string field)
    {
        ReadOnlySpan<byte> bytes = ByteString8(min * sizeof(ushort), max * sizeof(ushort), field);
        if (bytes.Length % sizeof(ushort) != 0)
            WireFault.Length(field);

        return new U16List(bytes);
    }

    /// <summary>A u8 count, then that many records of fixed size, each checked.</summary>
    public RecordList<T> Records8<T>(int min, int max, string field)
        where T : IWireRecord<T>, allows ref struct
    {
        int count = U8(field);
        if (count < min || count > max)
            WireFault.Length(field);

        var records = new RecordList<T>(Take(count * T.RecordSize, field));
        foreach (T _ in records)
        {
            // Reading a record is what checks it.
        }

        return records;
    }

    public void Expect(ReadOnlySpan<byte> constant, string field)
    {
        if (!Take(constant.Length, field).SequenceEqual(constant))
            WireFault.Value(field);
    }

    /// <summary>Nothing may be left.</summary>
    public readonly void ExpectEnd(string field = "message")
    {
        if (!_rest.IsEmpty)
            WireFault.TrailingBytes(field);
    }

    private ReadOnlySpan<byte> ByteString(int length, int min, int max, string field)
    {
        if (length < min || length > max)
            WireFault.Length(field);

        return Take(length, field);
    }

    private ReadOnlySpan<byte> Take(int length, string field)
    {
        ReadOnlySpan<byte> all = _rest;
        if ((uint)length > (uint)all.Length)
            WireFault.Truncated(field);

        _rest = all[length..];
        return all[..length];
    }
}
