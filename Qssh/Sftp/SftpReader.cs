using System.Buffers.Binary;
using Qssh.Errors;

namespace Qssh.Sftp;

/// <summary>
/// Reads fields of a packet (draft-ietf-secsh-filexfer-02, section 3: big-endian numbers, strings with a length of 32 bits). Every length
/// is checked against its limit and against what is there before anything is handed out, and what is handed out are views.
/// </summary>
/// <remarks>A packet that ends early or breaks a limit is a <see cref="ProtocolException"/>; <c>field</c> names what was being read.</remarks>
internal ref struct SftpReader(ReadOnlySpan<byte> packet)
{
    private ReadOnlySpan<byte> _rest = packet;

    public readonly ReadOnlySpan<byte> Remaining => _rest;

    public readonly bool IsEmpty => _rest.IsEmpty;

    public SftpPacketType Type() => (SftpPacketType)Take(1, "type")[0];

    public uint U32(string field = "u32") => BinaryPrimitives.ReadUInt32BigEndian(Take(sizeof(uint), field));

    public ulong U64(string field = "u64") => BinaryPrimitives.ReadUInt64BigEndian(Take(sizeof(ulong), field));

    public ReadOnlySpan<byte> ByteString(int max, string field)
    {
        uint length = U32(field);
        if (length > (uint)max)
            ProtocolException.Throw($"{field}: longer than {max}");
        return Take((int)length, field);
    }

    public ReadOnlySpan<byte> Handle() => ByteString(SftpLimits.Handle, "handle");

    /// <summary>A name is bytes. A zero byte would end it early for the system, so it has none.</summary>
    public ReadOnlySpan<byte> Path(string field = "path")
    {
        ReadOnlySpan<byte> path = ByteString(SftpLimits.Path, field);
        if (path.Contains((byte)0))
            ProtocolException.Throw($"{field}: contains NUL");
        return path;
    }

    /// <summary>What a read brings or a write takes.</summary>
    public ReadOnlySpan<byte> Data() => ByteString(SftpLimits.Data, "data");

    public SftpAttributes Attributes()
    {
        SftpAttributes attributes = new() { Flags = (SftpAttributeFlags)U32("attribute flags") };
        if (attributes.HasSize)
            attributes.Size = U64("size");
        if (attributes.HasOwner)
            (attributes.Uid, attributes.Gid) = (U32("uid"), U32("gid"));
        if (attributes.HasPermissions)
            attributes.Permissions = U32("permissions");
        if (attributes.HasTimes)
            (attributes.Accessed, attributes.Modified) = (U32("atime"), U32("mtime"));
        if ((attributes.Flags & SftpAttributeFlags.Extended) != 0)
            SkipExtended();
        return attributes;
    }

    /// <summary>So many bytes.</summary>
    public ReadOnlySpan<byte> Bytes(int length, string field = "bytes") => Take(length, field);

    /// <summary>A count of items of at least <paramref name="smallest"/> bytes, which must fit what is left: no loop or memory on a number alone.</summary>
    public int Count(int smallest, string field)
    {
        uint count = U32(field);
        if (count > (uint)(_rest.Length / smallest))
            ProtocolException.Throw($"{field}: more than the packet has");
        return (int)count;
    }

    /// <summary>Nobody defines any for version 3; section 5 wants unknown ones ignored.</summary>
    private void SkipExtended()
    {
        for (int count = Count(2 * sizeof(uint), "extended attributes"); count > 0; count--)
        {
            ByteString(SftpLimits.Packet, "extended attribute");
            ByteString(SftpLimits.Packet, "extended attribute");
        }
    }

    private ReadOnlySpan<byte> Take(int length, string field)
    {
        ReadOnlySpan<byte> all = _rest;
        if ((uint)length > (uint)all.Length)
            ProtocolException.Throw($"{field}: too few bytes");
        _rest = all[length..];
        return all[..length];
    }
}
