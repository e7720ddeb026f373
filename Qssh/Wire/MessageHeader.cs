using System.Buffers.Binary;

namespace Qssh.Wire;

/// <summary>What every message begins with (docs/protocol.md, section 3): type u8, length u16 of the body.</summary>
internal readonly record struct MessageHeader(byte Type, int BodySize)
{
    public const int Size = sizeof(byte) + sizeof(ushort);

    /// <summary>The longest message that the header can announce.</summary>
    public const int MaxMessageSize = Size + ushort.MaxValue;

    public int MessageSize => Size + BodySize;

    /// <summary>Reads the first three bytes; what follows them is not looked at.</summary>
    public static MessageHeader Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Size)
            WireFault.Truncated("MessageHeader");

        return new MessageHeader(bytes[0], BinaryPrimitives.ReadUInt16BigEndian(bytes[1..]));
    }

    /// <summary>The body of exactly one message of this type.</summary>
    public static ReadOnlySpan<byte> Body(ReadOnlySpan<byte> message, byte type, string name)
    {
        MessageHeader header = Read(message);
        if (header.Type != type)
            WireFault.Value(name);
        if (message.Length < header.MessageSize)
            WireFault.Truncated(name);
        if (message.Length > header.MessageSize)
            WireFault.TrailingBytes(name);

        return message[Size..];
    }
}
