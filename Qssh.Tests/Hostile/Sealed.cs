using System.Buffers.Binary;
using Qssh.Record;
using Qssh.Tests.Support;

namespace Qssh.Tests.Hostile;

/// <summary>Frames that no encoder of ours would make, sealed as they should be.</summary>
internal static class Sealed
{
    /// <summary>Positions in a sealed frame: each header field, payload, fill, and both ends of the tag.</summary>
    public static readonly int[] Fields = [0, 1, 2, 3, 4, 5, 6, 7, 40, 400, 700, Frame.InnerSize - 1, Frame.InnerSize, Frame.Size - 1];

    /// <summary>Under the peer's present key, header and fill as given.</summary>
    public static byte[] Craft(ScriptedPeer peer, byte kind, byte flags, int length, ReadOnlySpan<byte> payload, byte fill = 0)
    {
        byte[] frame = new byte[Frame.Size];
        Span<byte> content = frame.AsSpan(0, Frame.InnerSize);
        content.Fill(fill);
        (content[0], content[1]) = (kind, flags);
        BinaryPrimitives.WriteUInt16BigEndian(content[2..], (ushort)length);
        payload.CopyTo(content[Frame.HeaderSize..]);
        peer.Writer.Key!.Seal([], frame);
        return frame;
    }

    public static byte[] Flip(byte[] frame, int position, int bit)
    {
        byte[] flipped = [.. frame];
        flipped[position] ^= (byte)(1 << bit);
        return flipped;
    }
}
