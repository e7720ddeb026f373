using System.Buffers.Binary;
using Qssh.Errors;

namespace Qssh.Record;

/// <summary>
/// Geometry of the T1 record: <c>u16 n ‖ AES-256-GCM(kind u8, flags u8 = 0, length u16, payload; AAD = the u16) ‖ tag 16</c>,
/// n = inner + 16 (docs/protocol.md, section 2).
/// </summary>
internal static class VariableRecord
{
    public const int PrefixSize = 2;
    public const int MaxInner = 16_384;
    public const int MaxPayload = MaxInner - Frame.HeaderSize;
    public const int MinBody = Frame.HeaderSize + Frame.TagSize;
    public const int MaxSize = PrefixSize + MaxInner + Frame.TagSize;

    public static void WritePrefix(Span<byte> record, int inner) => BinaryPrimitives.WriteUInt16BigEndian(record, (ushort)(inner + Frame.TagSize));

    /// <summary>Reads and checks n before anything of the record is awaited.</summary>
    public static int ReadBodySize(ReadOnlySpan<byte> record)
    {
        int size = BinaryPrimitives.ReadUInt16BigEndian(record);
        if (size is < MinBody or > MaxInner + Frame.TagSize)
            ProtocolException.Throw("record length is out of range");
        return size;
    }
}
