using FsCheck;
using FsCheck.Fluent;
using Qssh.Errors;
using Qssh.Sftp;
using Xunit;

namespace Qssh.Tests.Sftp;

/// <summary>Fields of SFTP packets: what is written is read, and nothing is read that is not there.</summary>
public sealed class SftpCodecTests
{
    [Fact]
    public void Attributes_come_back_as_written() =>
        Prop.ForAll(AttributesOf().ToArbitrary(), value =>
        {
            SftpWriter writer = new(new byte[SftpAttributes.MaxSize]);
            writer.Attributes(value);
            SftpReader reader = new(writer.Written);
            return reader.Attributes().Equals(value) && reader.IsEmpty;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_cut_of_a_packet_is_refused() =>
        Prop.ForAll(AttributesOf().ToArbitrary(), value =>
        {
            SftpWriter writer = new(new byte[256]);
            writer.ByteString("handle"u8);
            writer.U64(1UL << 40);
            writer.Attributes(value);
            byte[] whole = writer.Written.ToArray();
            ReadAll(whole);
            return Enumerable.Range(0, whole.Length).All(length => Refuses(() => ReadAll(whole.AsSpan(0, length))));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Names_come_back_as_written() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[][]>(), raw =>
        {
            byte[][] names = [.. raw.Select(name => name.Where(b => b != 0).ToArray())];
            SftpWriter writer = new(new byte[64 + names.Sum(name => 2 * name.Length + 12)]);
            writer.U32((uint)names.Length);
            foreach (byte[] name in names)
            {
                writer.ByteString(name);
                writer.ByteString(name);
                writer.Attributes(default);
            }

            SftpNameList list = new(new SftpReader(writer.Written));
            foreach (byte[] name in names)
            {
                if (!list.TryNext(out SftpName read) || !read.FileName.SequenceEqual(name) || !read.LongName.SequenceEqual(name))
                    return false;
            }

            return !list.TryNext(out _);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Text_keeps_bytes_that_are_no_UTF8()
    {
        byte[] name = [0x66, 0xFF, 0xC3, 0x28, 0xC3, 0xA4];
        SftpWriter writer = new(new byte[64]);
        writer.Text(Qssh.Platform.ByteText.From(name));
        Assert.Equal(name, new SftpReader(writer.Written).Path().ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(SftpLimits.Packet + 1)]
    [InlineData(uint.MaxValue)]
    public void A_packet_outside_its_limits_is_refused_by_its_length(uint length)
    {
        byte[] stream = new byte[4];
        new SftpWriter(stream).U32(length);
        Assert.Throws<ProtocolException>(() => SftpFrame.TryRead(stream, out _));
    }

    [Fact]
    public void The_largest_packet_is_accepted_once_it_is_whole()
    {
        byte[] stream = new byte[4 + SftpLimits.Packet];
        new SftpWriter(stream).U32(SftpLimits.Packet);
        Assert.True(SftpFrame.TryRead(stream, out ReadOnlySpan<byte> packet));
        Assert.Equal(SftpLimits.Packet, packet.Length);
        Assert.False(SftpFrame.TryRead(stream.AsSpan(0, stream.Length - 1), out _));
        Assert.False(SftpFrame.TryRead(stream.AsSpan(0, 3), out _));
    }

    [Theory]
    [InlineData(uint.MaxValue)]
    [InlineData(0x7FFFFFFF)]
    [InlineData(3)]
    public void A_count_must_fit_what_is_there(uint count)
    {
        byte[] packet = new byte[28];
        new SftpWriter(packet).U32(count);
        Assert.Throws<ProtocolException>(() => new SftpNameList(new SftpReader(packet)));
        Assert.Throws<ProtocolException>(() => new SftpReader([0x80, 0, 0, 0, .. packet.AsSpan(0, 4), .. new byte[12]]).Attributes());
    }

    [Fact]
    public void A_handle_has_256_bytes_at_most()
    {
        SftpWriter writer = new(new byte[300]);
        writer.ByteString(new byte[257]);
        byte[] packet = writer.Written.ToArray();
        Assert.Throws<ProtocolException>(() => new SftpReader(packet).Handle().Length);
        Assert.Equal(257, new SftpReader(packet).ByteString(257, "longer").Length);
    }

    [Fact]
    public void A_path_has_no_NUL()
    {
        SftpWriter writer = new(new byte[300]);
        writer.ByteString("a\0b"u8);
        byte[] packet = writer.Written.ToArray();
        Assert.Throws<ProtocolException>(() => new SftpReader(packet).Path().Length);
    }

    [Fact]
    public void A_packet_is_framed_by_its_writer()
    {
        SftpWriter writer = new(new byte[64]);
        writer.Begin(SftpPacketType.Status, 7);
        writer.U32((uint)SftpStatus.Failure);
        writer.End();
        writer.Begin(SftpPacketType.Data, 8);
        writer.Abandon();
        Assert.Equal([0, 0, 0, 9, 101, 0, 0, 0, 7, 0, 0, 0, 4], writer.Written.ToArray());
    }

    private static void ReadAll(ReadOnlySpan<byte> packet)
    {
        SftpReader reader = new(packet);
        _ = reader.Handle();
        _ = reader.U64();
        _ = reader.Attributes();
    }

    private static bool Refuses(Action read)
    {
        try
        {
            read();
            return false;
        }
        catch (ProtocolException)
        {
            return true;
        }
    }

    /// <summary>Fields without their flag are zero, as a reader leaves them.</summary>
    private static Gen<SftpAttributes> AttributesOf() =>
        from flags in Gen.Choose(0, 15)
        from numbers in Gen.ArrayOf(Gen.Choose(int.MinValue, int.MaxValue), 6)
        select Make((SftpAttributeFlags)flags, numbers);

    private static SftpAttributes Make(SftpAttributeFlags flags, int[] n)
    {
        SftpAttributes value = new() { Flags = flags };
        if (value.HasSize)
            value.Size = ((ulong)(uint)n[0] << 32) | (uint)n[1];
        if (value.HasOwner)
            (value.Uid, value.Gid) = ((uint)n[2], (uint)n[3]);
        if (value.HasPermissions)
            value.Permissions = (uint)n[4];
        if (value.HasTimes)
            (value.Accessed, value.Modified) = ((uint)n[5], (uint)n[0]);
        return value;
    }
}
