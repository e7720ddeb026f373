using System.Buffers.Binary;
using Qssh.Platform;

namespace Qssh.Sftp;

/// <summary>
/// Writes packets one after the other into one buffer, each with its length in front. The buffer must be large enough, and a field
/// outside its limits is a mistake of the caller: both throw Argument exceptions.
/// </summary>
internal ref struct SftpWriter(Span<byte> output)
{
    private readonly Span<byte> _output = output;
    private int _packet = -1;

    public int Position { get; private set; }

    public readonly Span<byte> Written => _output[..Position];

    public readonly int Free => _output.Length - Position;

    /// <summary>Begins a request or reply; <see cref="End"/> fills in its length.</summary>
    public void Begin(SftpPacketType type, uint id)
    {
        _packet = Position;
        U32(0);
        Reserve(1)[0] = (byte)type;
        // The two packets that open a session carry their version where all others have the id of the request.
        U32(id);
    }

    public void End() => BinaryPrimitives.WriteUInt32BigEndian(_output[_packet..], (uint)(Position - _packet - sizeof(uint)));

    /// <summary>Takes back what was written since <see cref="Begin"/>.</summary>
    public void Abandon() => Position = _packet;

    public void U32(uint value) => BinaryPrimitives.WriteUInt32BigEndian(Reserve(sizeof(uint)), value);

    public void U64(ulong value) => BinaryPrimitives.WriteUInt64BigEndian(Reserve(sizeof(ulong)), value);

    public void ByteString(scoped ReadOnlySpan<byte> value)
    {
        U32((uint)value.Length);
        value.CopyTo(Reserve(value.Length));
    }

    /// <summary>A file name as text, which keeps bytes that are no UTF-8 (see <see cref="ByteText"/>).</summary>
    public void Text(string value) => ByteString(ByteText.ToBytes(value));

    public void Bytes(scoped ReadOnlySpan<byte> value) => value.CopyTo(Reserve(value.Length));

    /// <summary>Room for data that somebody else puts there, such as a read from a file.</summary>
    public Span<byte> Reserve(int length)
    {
        Span<byte> space = _output.Slice(Position, length);
        Position += length;
        return space;
    }

    /// <summary>Writes again at a place passed before, such as a count that was not known then.</summary>
    public readonly void PatchU32(int position, uint value) => BinaryPrimitives.WriteUInt32BigEndian(_output[position..Position], value);

    /// <summary>Gives back the end of what was reserved.</summary>
    public void Shrink(int length) => Position -= length;

    public void Attributes(in SftpAttributes value)
    {
        U32((uint)(value.Flags & ~SftpAttributeFlags.Extended));
        if (value.HasSize)
            U64(value.Size);
        if (value.HasOwner)
        {
            U32(value.Uid);
            U32(value.Gid);
        }

        if (value.HasPermissions)
            U32(value.Permissions);
        if (value.HasTimes)
        {
            U32(value.Accessed);
            U32(value.Modified);
        }
    }
}
