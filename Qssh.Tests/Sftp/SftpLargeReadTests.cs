using Qssh.Sftp;
using Qssh.Tests.Support;

namespace Qssh.Tests.Sftp;

/// <summary>Reads that are moved inside of the kernel answer like those that are not: of 64 KiB and more, on a pipe.</summary>
public sealed class SftpLargeReadTests : IDisposable
{
    private const int Size = 600_001;

    private readonly TempDirectory _files = new();
    private readonly byte[] _content = new byte[Size];

    public SftpLargeReadTests()
    {
        new Random(7).NextBytes(_content);
        File.WriteAllBytes(_files["big"], _content);
    }

    public void Dispose() => _files.Dispose();

    [BinaryTheory]
    [InlineData(0, 65_535)]
    [InlineData(0, 65_536)]
    [InlineData(1, 262_144)]
    [InlineData(4095, 200_000)]
    [InlineData(262_143, 262_144)]
    [InlineData(400_000, 262_144)]
    [InlineData(Size - 1, 262_144)]
    public void Every_part_of_a_file_is_as_it_lies_there(int offset, int length)
    {
        using PipeSftp server = Serve();
        byte[] handle = server.Open(_files["big"], SftpOpenFlags.Read).Handle;
        byte[] data = server.Read(handle, (ulong)offset, (uint)length).Data;
        Assert.Equal(_content[offset..Math.Min(Size, offset + length)], data);
    }

    [BinaryFact]
    public void What_cannot_be_read_is_said_and_the_next_request_answered()
    {
        using PipeSftp server = Serve();
        byte[] handle = server.Open(_files["big"], SftpOpenFlags.Read).Handle;
        byte[] writer = server.Open(_files["other"], SftpOpenFlags.Write | SftpOpenFlags.Create).Handle;
        Assert.Equal(SftpStatus.EndOfFile, server.Read(handle, Size, 262_144).Status);
        Assert.Equal(SftpStatus.Failure, server.Read(new byte[12], 0, 262_144).Status);
        foreach ((byte[] file, ulong offset) in (ReadOnlySpan<(byte[], ulong)>)[(writer, 0), (handle, long.MaxValue), (handle, ulong.MaxValue)])
        {
            SftpReply large = server.Read(file, offset, 262_144), small = server.Read(file, offset, 1000);
            Assert.Equal((small.Status, small.StatusText), (large.Status, large.StatusText));
            Assert.NotEqual(SftpStatus.Ok, large.Status);
        }

        Assert.Equal(_content[..262_144], server.Read(handle, 0, uint.MaxValue).Data);
        Assert.Equal((0, ""), server.End());
    }

    [BinaryFact]
    public void A_file_that_becomes_shorter_gives_what_is_left()
    {
        using PipeSftp server = Serve();
        byte[] handle = server.Open(_files["big"], SftpOpenFlags.Read).Handle;
        using (FileStream file = File.OpenWrite(_files["big"]))
            file.SetLength(100_000);
        Assert.Equal(_content[..100_000], server.Read(handle, 0, 262_144).Data);
        Assert.Equal(SftpStatus.EndOfFile, server.Read(handle, 100_000, 262_144).Status);
    }

    /// <summary>Requests take effect in their order, also if their answers are fetched late.</summary>
    [BinaryFact]
    public void An_answer_shows_the_file_as_it_was_before_later_requests()
    {
        using PipeSftp server = Serve();
        byte[] handle = server.Open(_files["big"], SftpOpenFlags.Read).Handle;
        server.Write([.. Packet(SftpPacketType.Read, (ref SftpWriter w) =>
        {
            w.ByteString(handle);
            w.U64(0);
            w.U32(200_000);
        }), .. Packet(SftpPacketType.SetStatus, (ref SftpWriter w) =>
        {
            w.Text(_files["big"]);
            w.Attributes(new SftpAttributes { Flags = SftpAttributeFlags.Size, Size = 10 });
        })]);
        Thread.Sleep(300);
        byte[] reply = server.ReadPacket();
        Assert.Equal(_content[..200_000], reply[^200_000..]);
        Assert.Equal((byte)SftpPacketType.Status, server.ReadPacket()[4]);
        Assert.Equal(10, new FileInfo(_files["big"]).Length);
        Assert.Equal(_content[..10], server.Read(handle, 0, 200_000).Data);
    }

    [BinaryFact]
    public void A_refused_read_stays_refused()
    {
        using PipeSftp server = Serve("-P", "read");
        byte[] handle = server.Open(_files["big"], SftpOpenFlags.Read).Handle;
        Assert.Equal(SftpStatus.PermissionDenied, server.Read(handle, 0, 262_144).Status);
    }

    private static byte[] Packet(SftpPacketType type, WriteFields fields)
    {
        SftpWriter writer = new(new byte[1024]);
        writer.Begin(type, 7);
        fields(ref writer);
        writer.End();
        return writer.Written.ToArray();
    }

    private static PipeSftp Serve(params string[] options) => new(StaticBinary.Path, ["sftp-server", .. options]);
}
