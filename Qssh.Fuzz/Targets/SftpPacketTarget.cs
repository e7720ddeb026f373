using Qssh.Sftp;

namespace Qssh.Fuzz.Targets;

/// <summary>A stream of SFTP packets, each read by all the rules of its type, in both directions.</summary>
internal sealed class SftpPacketTarget : IFuzzTarget
{
    public string Name => "sftp-packet";

    public void Run(ReadOnlySpan<byte> input)
    {
        while (SftpFrame.TryRead(input, out ReadOnlySpan<byte> packet))
        {
            SftpReader reader = new(packet);
            SftpPacketType type = reader.Type();
            _ = reader.U32("id");
            ReadFields(type, reader);
            input = input[(SftpFrame.LengthSize + packet.Length)..];
        }
    }

    private static void ReadFields(SftpPacketType type, SftpReader reader)
    {
        switch (type)
        {
            case SftpPacketType.Init or SftpPacketType.Version:
                while (!reader.IsEmpty)
                {
                    reader.ByteString(SftpLimits.ExtensionName, "extension");
                    reader.ByteString(SftpLimits.Text, "extension data");
                }

                break;
            case SftpPacketType.Open:
                reader.Path();
                _ = (SftpOpenFlags)reader.U32();
                CheckAttributes(reader.Attributes());
                break;
            case SftpPacketType.Write:
                Check(reader.Handle().Length <= SftpLimits.Handle, "handle");
                _ = reader.U64();
                Check(reader.Data().Length <= SftpLimits.Data, "data");
                break;
            case SftpPacketType.Name:
                ReadNames(new SftpNameList(reader));
                break;
            case SftpPacketType.Attributes:
                CheckAttributes(reader.Attributes());
                break;
            case SftpPacketType.ExtendedReply:
                CheckFileSystem(SftpFileSystem.Read(ref reader));
                break;
            case SftpPacketType.Extended:
                reader.ByteString(SftpLimits.ExtensionName, "extension");
                reader.Path();
                reader.Path();
                break;
            default:
                reader.Path();
                CheckAttributes(reader.Attributes());
                break;
        }
    }

    private static void ReadNames(SftpNameList names)
    {
        int count = names.Remaining;
        while (names.TryNext(out SftpName name))
        {
            Check(!name.FileName.Contains((byte)0), "a name with NUL");
            CheckAttributes(name.Attributes);
            count--;
        }

        Check(count == 0, "fewer names than announced");
    }

    /// <summary>What was read is written and read again: the same.</summary>
    private static void CheckAttributes(in SftpAttributes value)
    {
        SftpWriter writer = new(stackalloc byte[SftpAttributes.MaxSize]);
        writer.Attributes(value);
        SftpAttributes again = new SftpReader(writer.Written).Attributes();
        again.Flags |= value.Flags & SftpAttributeFlags.Extended;
        Check(again.Equals(value), "attributes");
    }

    private static void CheckFileSystem(in SftpFileSystem value)
    {
        SftpWriter writer = new(stackalloc byte[11 * sizeof(ulong)]);
        value.Write(ref writer);
        SftpReader reader = new(writer.Written);
        Check(SftpFileSystem.Read(ref reader) == value && reader.IsEmpty, "file system");
    }

    private static void Check(bool holds, string what) => FuzzException.ThrowIf(!holds, what);
}
