using System.Buffers.Binary;

namespace Qssh.Wire;

/// <summary>
/// Writes what <see cref="WireReader"/> reads. The output must be large enough, and a length outside its limits is a mistake of
/// the caller: both throw Argument exceptions.
/// </summary>
internal ref struct WireWriter(Span<byte> output)
{
    private readonly Span<byte> _output = output;

    /// <summary>Number of bytes written.</summary>
    public int Position { get; private set; }

    /// <summary>The bytes written so far.</summary>
    public readonly Span<byte> Written => _output[..Position];

    public void WriteU8(byte value) => Reserve(1)[0] = value;

    public void WriteU16(ushort value) => BinaryPrimitives.WriteUInt16BigEndian(Reserve(sizeof(ushort)), value);

    public void WriteU32(uint value) => BinaryPrimitives.WriteUInt32BigEndian(Reserve(sizeof(uint)), value);

    public void WriteU64(ulong value) => BinaryPrimitives.WriteUInt64BigEndian(Reserve(sizeof(ulong)), value);

    public void WriteFlag(bool value) => WriteU8(value ? (byte)1 : (byte)0);

    public void WriteBytes(ReadOnlySpan<byte> value) => value.CopyTo(Reserve(value.Length));

    /// <summary>Exactly <paramref name="length"/> bytes, no prefix.</summary>
    public void WriteBytes(ReadOnlySpan<byte> value, int length, string field = "bytes")
    {
        if (value.Length != length)
            WireFault.Unwritable(field);

        WriteBytes(value);
    }

    public void WriteByteString8(ReadOnlySpan<byte> value, int min = 0, int max = byte.MaxValue, string field = "b8")
    {
        Check(value.Length, min, max, field);
        WriteU8((byte)value.Length);
        WriteBytes(value);
    }

    public void WriteByteString16(ReadOnlySpan<byte> value, int min = 0, int max = ushort.MaxValue, string field = "b16")
    {
        Check(value.Length, min, max, field);
        WriteU16((ushort)value.Length);
        WriteBytes(value);
    }

    public void WriteRest(ReadOnlySpan<byte> value, int min = 0, int max = ushort.MaxValue, string field = "rest")
    {
        Check(value.Length, min, max, field);
        WriteBytes(value);
    }

    public void WriteU16List8(U16List value, int min, int max, string field) =>
        WriteByteString8(value.Bytes, min * sizeof(ushort), max * sizeof(ushort), field);

    public void WriteRecords8<T>(RecordList<T> value, int min, int max, string field)
        where T : IWireRecord<T>, allows ref struct
    {
        Check(value.Count, min, max, field);
        WriteU8((byte)value.Count);
        WriteBytes(value.Bytes);
    }

    /// <summary>Header of a message (docs/protocol.md, section 3): type u8, length u16.</summary>
    public void WriteHeader(byte type, int bodySize, string message = "message")
    {
        Check(bodySize, 0, ushort.MaxValue, message);
        WriteU8(type);
        WriteU16((ushort)bodySize);
    }

    private static void Check(int length, int min, int max, string field)
    {
        if (length < min || length > max)
            WireFault.Unwritable(field);
    }

    private Span<byte> Reserve(int length)
    {
        Span<byte> space = _output.Slice(Position, length);
        Position += length;
        return space;
    }
}
