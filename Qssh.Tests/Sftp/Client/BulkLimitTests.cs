using System.Buffers.Binary;
using Qssh.Files;
using Qssh.Sftp;
using Qssh.Sftp.Client;
using Qssh.Tests.Support;
using Xunit;
using static Qssh.Tests.Sftp.Client.ScriptedSftpServer;

namespace Qssh.Tests.Sftp.Client;

/// <summary>How much is asked for at once, and what stays of a file whose pieces came in another order.</summary>
public sealed class BulkLimitTests : IDisposable
{
    private const int Size = 100_000;

    private readonly TempDirectory _directory = new();
    private readonly byte[] _content = new byte[Size];

    public BulkLimitTests() => new System.Random(2).NextBytes(_content);

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    public void Requests_on_their_way_are_bounded(int most)
    {
        int seen = 0;
        OnReactor.Run(async () =>
        {
            SftpClient? client = null;
            (client, _) = await ConnectAsync((type, id, body) =>
            {
                seen = Math.Max(seen, type == SftpPacketType.Read ? client!.Session.Outstanding : 0);
                return Answer(type, id, body);
            });
            client.Bulk.MaxPieces = most;
            client.Bulk.ReadSize = 1000;
            await new Downloader(client, new TransferOptions(), new TransferReport(Assert.Fail)).CopyAsync("there", _directory["target"]);
        });
        Assert.Equal(_content, System.IO.File.ReadAllBytes(_directory["target"]));
        // A hundred pieces, and what is behind them.
        Assert.Equal(Math.Min(most, 101), seen);
    }

    [Fact]
    public void An_answer_that_never_comes_holds_no_other_file()
    {
        int done = 0, reads = 0;
        OnReactor.Run(async () =>
        {
            (SftpClient client, _) = await ConnectAsync((type, id, body) => type == SftpPacketType.Read && ++reads == 1 + ((Size / 1000) + 1) ? [] : Answer(type, id, body));
            client.Bulk.ReadSize = 1000;
            // The line is short, as this shows.
            await new BulkRead(client.Bulk, "handle"u8.ToArray(), new Nothing(), 0, Size).RunAsync();
            BulkRead stuck = new(client.Bulk, "handle"u8.ToArray(), new Nothing(), 0, 999);
            ValueTask waiting = stuck.RunAsync();
            for (done = 1; done <= 5; done++)
            {
                // Each time long enough after the last one that the line is looked at again.
                await OnReactor.DelayAsync(300);
                await new BulkRead(client.Bulk, "handle"u8.ToArray(), new Nothing(), 0, Size).RunAsync();
            }

            client.Dispose();
            await Assert.ThrowsAsync<SftpLostException>(async () => await waiting);
        });
        Assert.Equal(6, done);
    }

    [Fact]
    public void Behind_a_gap_nothing_stays()
    {
        TransferReport report = new(_ => { });
        OnReactor.Run(async () =>
        {
            ScriptedSftpServer? server = null;
            (SftpClient client, server) = await ConnectAsync((type, id, body) =>
            {
                long offset = type == SftpPacketType.Read ? BinaryPrimitives.ReadInt64BigEndian(body.AsSpan(10)) : 0;
                if (offset > 3 * BulkQueue.SmallestLimit - 1)
                    server!.CutAfter = 13 + Size - 3 * BulkQueue.SmallestLimit;
                // The second piece is never answered.
                return offset == BulkQueue.SmallestLimit ? [] : Answer(type, id, body);
            });
            await Assert.ThrowsAsync<SftpLostException>(async () => await new Downloader(client, new TransferOptions(), report).CopyAsync("there", _directory["target"]));
        });
        Assert.Equal(1, report.Failures);
        Assert.Equal(_content[..BulkQueue.SmallestLimit], System.IO.File.ReadAllBytes(_directory["target"]));
    }

    private byte[] Answer(SftpPacketType type, uint id, byte[] body)
    {
        if (type == SftpPacketType.PathStatus)
            return AttributesReply(id, 0x81A4, Size);
        if (type == SftpPacketType.Open)
            return Handle(id);
        if (type != SftpPacketType.Read)
            return Status(id, SftpStatus.Ok);
        int offset = (int)BinaryPrimitives.ReadInt64BigEndian(body.AsSpan(10)), length = (int)BinaryPrimitives.ReadUInt32BigEndian(body.AsSpan(18));
        return offset < Size ? Data(id, _content[offset..Math.Min(offset + length, Size)]) : Status(id, SftpStatus.EndOfFile);
    }

    private sealed class Nothing : IDataSink
    {
        public bool Write(long offset, ReadOnlySpan<byte> data) => true;
    }
}
