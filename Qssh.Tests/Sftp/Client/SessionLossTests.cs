using Qssh.Files;
using Qssh.Sftp;
using Qssh.Sftp.Client;
using Qssh.Tests.Support;
using Xunit;
using static Qssh.Tests.Sftp.Client.ScriptedSftpServer;

namespace Qssh.Tests.Sftp.Client;

/// <summary>A session that ends while nothing is on its way: nobody would be told by a call of theirs.</summary>
public sealed class SessionLossTests : IDisposable
{
    private const int Size = 500_000;

    private readonly TempDirectory _directory = new();
    private readonly TransferReport _report = new(_ => { });

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_refusal_may_come_before_the_greeting() => OnReactor.Run(async () =>
    {
        ScriptedSftpServer server = new();
        server.Session.OnEnd(new SftpLostException("refused"));
        SftpLostException lost = await Assert.ThrowsAsync<SftpLostException>(async () => await new SftpClient(server.Session).StartAsync());
        Assert.Equal("refused", lost.Message);
    }, seconds: 5);

    [Fact]
    public void An_upload_that_a_rate_holds_back_ends() => Lost(isRated: true, (client, _) =>
    {
        File.WriteAllBytes(_directory["source"], new byte[Size]);
        return new Uploader(client, new TransferOptions(), _report).CopyAsync(_directory["source"], "there");
    });

    [Fact]
    public void A_download_that_a_rate_holds_back_ends() =>
        Lost(isRated: true, (client, _) => new Downloader(client, new TransferOptions(), _report).CopyAsync("there", _directory["target"]));

    [Fact]
    public void A_copy_between_servers_that_a_rate_holds_back_ends() => Lost(isRated: true, async (client, _) =>
    {
        (SftpClient target, _) = await ConnectAsync(Answer);
        await new Crossing(client, target, new TransferOptions(), _report).CopyAsync("there", "elsewhere");
    });

    [Fact]
    public void A_file_behind_another_one_in_the_line_ends() => Lost(isRated: false, async (client, server) =>
    {
        server.Answer = static (type, id, body) => type == SftpPacketType.Write ? [] : Answer(type, id, body);
        client.Bulk.MaxPieces = 1;
        Directory.CreateDirectory(_directory["source"]);
        foreach (string name in (string[])["a", "b", "c"])
            File.WriteAllBytes(_directory["source/" + name], new byte[Size]);
        await new Uploader(client, new TransferOptions { Recursive = true }, _report).CopyAsync(_directory["source"], "there");
    });

    [Fact]
    public void A_reader_whose_sink_is_full_ends_when_it_is_woken() => OnReactor.Run(async () =>
    {
        (SftpClient client, ScriptedSftpServer server) = await ConnectAsync(Answer);
        FullSink sink = new();
        BulkRead read = new(client.Bulk, [1], sink, 0, Size);
        ValueTask running = read.RunAsync();
        server.Session.OnEnd(new SftpLostException("gone"));
        sink.Backlog = 0;
        read.Wake();
        await Assert.ThrowsAsync<SftpLostException>(async () => await running);
    }, seconds: 5);

    private void Lost(bool isRated, Func<SftpClient, ScriptedSftpServer, ValueTask> copy)
    {
        OnReactor.Run(async () =>
        {
            (SftpClient client, ScriptedSftpServer server) = await ConnectAsync(Answer);
            if (isRated)
                client.Bulk.Rate = new RateLimit(5000);
            Qssh.Platform.Reactor.Current.Start(async () =>
            {
                await OnReactor.DelayAsync(300);
                Assert.Equal(0, isRated ? client.Session.Outstanding : 0);
                server.Session.OnEnd(new SftpLostException("gone"));
            });
            SftpLostException lost = await Assert.ThrowsAsync<SftpLostException>(async () => await copy(client, server));
            Assert.Equal("gone", lost.Message);
        }, seconds: 5);
        Assert.True(_report.Failures > 0);
    }

    private static byte[]? Answer(SftpPacketType type, uint id, byte[] body) => type switch
    {
        SftpPacketType.PathStatus => AttributesReply(id, 0x81A4, Size),
        SftpPacketType.Open => Handle(id),
        SftpPacketType.Read => Data(id, new byte[System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(body.AsSpan(^4..))]),
        _ => Status(id, SftpStatus.Ok),
    };

    private sealed class FullSink : IDataSink
    {
        public int Backlog { get; set; } = int.MaxValue;

        public bool Write(long offset, ReadOnlySpan<byte> data) => true;
    }
}
