using System.Buffers.Binary;
using Qssh.Errors;

namespace Qssh.Record;

/// <summary>
/// Geometry of the frame: 768 bytes, clear or sealed (docs/protocol.md, section 2). This file is the only one that knows the numbers.
/// <code>
/// clear   kind u8, flags u8 = 0, length u16, payload (≤ 764), zero fill
/// sealed  AES-256-GCM(kind u8, flags u8 = 0, length u16, payload (≤ 748), zero fill; 752 bytes) ‖ tag 16
/// </code>
/// </summary>
internal static class Frame
{
    public const int Size = 768;
    public const int HeaderSize = 4;
    public const int TagSize = 16;
    public const int ClearPayload = Size - HeaderSize;
    public const int InnerSize = Size - TagSize;
    public const int SealedPayload = InnerSize - HeaderSize;

    /// <summary>Frames that a byte stream of this length takes in the clear; an empty stream takes none.</summary>
    public static int CountClear(int bytes) => (bytes + ClearPayload - 1) / ClearPayload;

    /// <summary>Frames that a byte stream of this length takes when sealed; an empty stream takes none.</summary>
    public static int CountSealed(int bytes) => (bytes + SealedPayload - 1) / SealedPayload;

    public static void WriteHeader(Span<byte> frame, FrameKind kind, int length)
    {
        frame[0] = (byte)kind;
        frame[1] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(frame[2..], (ushort)length);
    }

    /// <summary>Reads the header of an opened or clear frame.</summary>
    /// <param name="content">The frame without its tag.</param>
    /// <param name="checkFill">Clear and handshake frames must be zero after the payload: no byte is outside transcript or AEAD.</param>
    public static Span<byte> ReadPayload(Span<byte> content, bool checkFill, out FrameKind kind)
    {
        kind = (FrameKind)content[0];
        int length = BinaryPrimitives.ReadUInt16BigEndian(content[2..]);
        if (kind is < FrameKind.Hello or > FrameKind.Alert || content[1] != 0 || length > content.Length - HeaderSize)
            ProtocolException.Throw("frame header is not valid");

        if (checkFill && content[(HeaderSize + length)..].IndexOfAnyExcept((byte)0) >= 0)
            ProtocolException.Throw("frame fill is not zero");

        return content.Slice(HeaderSize, length);
    }
}
