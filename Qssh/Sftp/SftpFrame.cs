using System.Buffers.Binary;
using Qssh.Errors;

namespace Qssh.Sftp;

/// <summary>Packets in a stream of bytes: a length of 32 bits, then so many bytes, at least the type.</summary>
internal static class SftpFrame
{
    public const int LengthSize = sizeof(uint);

    /// <summary>Smallest packet: a type and an id or version.</summary>
    public const int MinPacket = 1 + sizeof(uint);

    /// <summary>The first packet of <paramref name="stream"/>, without its length. False: it has not come whole.</summary>
    /// <exception cref="ProtocolException">Its length is outside the limits. What follows cannot be told apart any more.</exception>
    public static bool TryRead(ReadOnlySpan<byte> stream, out ReadOnlySpan<byte> packet)
    {
        packet = default;
        if (stream.Length < LengthSize)
            return false;
        uint length = BinaryPrimitives.ReadUInt32BigEndian(stream);
        if (length is < MinPacket or > SftpLimits.Packet)
            ProtocolException.Throw($"SFTP packet of {length} bytes");
        if (stream.Length - LengthSize < length)
            return false;
        packet = stream.Slice(LengthSize, (int)length);
        return true;
    }
}
