using Qssh.Errors;

namespace Qssh.Sftp.Server;

/// <summary>
/// Large reads, taken apart without being carried out: the service moves their content past this process. Whatever is unusual about one is
/// left to <see cref="Answer(ReadOnlySpan{byte}, ref SftpWriter)"/>, which says what is wrong with it.
/// </summary>
internal sealed partial class SftpResponder
{
    /// <summary>Below it the calls cost more than the copies.</summary>
    private const int SmallestBulk = 64 * 1024;

    /// <summary>Id, handle with its length, offset, length.</summary>
    private const int BulkReadSize = 1 + sizeof(uint) + sizeof(uint) + HandleTable.NameSize + sizeof(ulong) + sizeof(uint);

    /// <param name="packet">Without its length.</param>
    public bool IsBulkRead(ReadOnlySpan<byte> packet, out BulkRead read)
    {
        read = default;
        // Handles of ours have one length: what has another is none.
        if (packet.Length != BulkReadSize || packet[0] != (byte)SftpPacketType.Read || !_isOpen || !policy.Permits(SftpRequest.Read))
            return false;
        SftpReader reader = new(packet[1..]);
        uint id = reader.U32();
        if (reader.U32() != HandleTable.NameSize || FindFile(reader.Bytes(HandleTable.NameSize)) is not { } file)
            return false;
        long offset = (long)reader.U64();
        uint length = reader.U32();
        if (offset < 0 || length < SmallestBulk)
            return false;
        read = new BulkRead(id, file, offset, (int)Math.Min(length, SftpLimits.Data));
        return true;
    }

    /// <summary>The request may change a file, or open one so that it can be. What cannot be read counts as one that may.</summary>
    public static bool MayChange(ReadOnlySpan<byte> packet)
    {
        try
        {
            SftpReader reader = new(packet);
            SftpPacketType type = reader.Type();
            reader.U32("id");
            if (type == SftpPacketType.Open)
            {
                reader.Path();
                return reader.U32("open flags") != (uint)SftpOpenFlags.Read;
            }

            SftpRequest? request = type == SftpPacketType.Extended
                ? SftpRequests.OfExtension(reader.ByteString(SftpLimits.ExtensionName, "extension"))
                : SftpRequests.Of(type);
            return request is { } known && SftpRequests.Rows[(int)known].Writes;
        }
        catch (ProtocolException)
        {
            return true;
        }
    }

    /// <summary>The reply up to its content.</summary>
    public static void BeginBulkData(in BulkRead read, int count, ref SftpWriter reply)
    {
        read.File.BytesRead += count;
        reply.U32((uint)(SftpFrame.MinPacket + sizeof(uint) + count));
        reply.Reserve(1)[0] = (byte)SftpPacketType.Data;
        reply.U32(read.Id);
        reply.U32((uint)count);
    }
}
