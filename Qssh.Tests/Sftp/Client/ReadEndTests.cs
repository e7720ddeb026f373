using System.Buffers.Binary;
using Qssh.Files;
using Qssh.Sftp;
using Qssh.Sftp.Client;
using Qssh.Tests.Support;
using static Qssh.Tests.Sftp.Client.ScriptedSftpServer;

namespace Qssh.Tests.Sftp.Client;

/// <summary>Where a file ends: not where its size once said, and never where nobody asked.</summary>
public sealed class ReadEndTests : IDisposable
{
    private const int ReadSize = 4096;

    private readonly TempDirectory _directory = new();
    private readonly List<string> _said = [];
    private readonly byte[] _content = new byte[500_000];
    private int _length = 500_000;
    private int _largestAnswer = int.MaxValue;
    private int _reads;
    private int _mostReads;
    private long? _sizeAtEnd;

    public ReadEndTests() => new Random(3).NextBytes(_content);

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(10)]
    [InlineData(1024)]
    [InlineData(ReadSize - 1)]
    [InlineData(ReadSize)]
    [InlineData(ReadSize + 1)]
    [InlineData(3 * ReadSize)]
    [InlineData(499_999)]
    public void A_file_that_grew_is_read_to_its_end(long said)
    {
        foreach (int largest in (int[])[int.MaxValue, 1024, 700])
        {
            _largestAnswer = largest;
            Assert.Equal(0, Download(said));
            Assert.Equal(_content, File.ReadAllBytes(_directory["target"]));
        }
    }

    [Theory]
    [InlineData(10, 1)]
    [InlineData(1000, 1)]
    [InlineData(1024, 2)]
    [InlineData(ReadSize, 2)]
    [InlineData(ReadSize + 1, 2)]
    public void The_end_of_a_small_file_costs_no_round_trip(int length, int reads)
    {
        _length = length;
        Assert.Equal(0, Download(length));
        Assert.Equal(_content[..length], File.ReadAllBytes(_directory["target"]));
        Assert.Equal(reads, _reads);
        Assert.Equal(reads, _mostReads);
    }

    [Theory]
    [InlineData(4096, true)]
    [InlineData(40, false)]
    [InlineData(null, false)]
    public void An_early_end_is_all_where_the_size_still_says_more(int? sizeAtEnd, bool isAll)
    {
        (_length, _sizeAtEnd) = (40, sizeAtEnd);
        Assert.Equal(isAll ? 0 : 1, Download(4096));
        Assert.Equal(_content[..40], File.ReadAllBytes(_directory["target"]));
        if (!isAll)
            Assert.Contains("ended after 40 of 4096 bytes; ", _said.Single());
    }

    [Fact]
    public void A_file_that_is_written_anew_meanwhile_is_not_whole()
    {
        (_length, _sizeAtEnd) = (40, 4096);
        Assert.Equal(1, Download(4096, onEnd: () => _length = 4096));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(99)]
    [InlineData(null)]
    public void What_is_larger_here_is_not_gone_on_with(int? said)
    {
        _length = said ?? 500;
        File.WriteAllBytes(_directory["target"], new byte[100]);
        Assert.Equal(1, Download(said, new TransferOptions { Resume = true }));
        Assert.Contains("cannot resume", _said.Single());
        Assert.Equal(new byte[100], File.ReadAllBytes(_directory["target"]));
    }

    [Fact]
    public void Nothing_here_is_gone_on_with_whatever_the_size()
    {
        foreach (long? said in (long?[])[null, 0, _length])
        {
            File.WriteAllBytes(_directory["target"], []);
            Assert.True(Download(said, new TransferOptions { Resume = true }) == 0, $"{said} {string.Join(" ", _said)}");
            Assert.Equal(_content, File.ReadAllBytes(_directory["target"]));
        }
    }

    [Theory]
    [InlineData(1024)]
    [InlineData(700)]
    public void Behind_a_gap_nothing_is_written_at_any_time(int largest)
    {
        _largestAnswer = largest;
        int looks = 0;
        Assert.Equal(0, Download(_length, onRead: () =>
        {
            byte[] there = File.ReadAllBytes(_directory["target"]);
            looks += there.Length > 0 ? 1 : 0;
            Assert.True(there.AsSpan().SequenceEqual(_content.AsSpan(0, there.Length)));
        }));
        Assert.True(looks > 10);
        Assert.Equal(_content, File.ReadAllBytes(_directory["target"]));
    }

    private int Download(long? size, TransferOptions? options = null, Action? onEnd = null, Action? onRead = null)
    {
        TransferReport report = new(_said.Add);
        OnReactor.Run(async () =>
        {
            SftpClient? client = null;
            (client, _) = await ConnectAsync((type, id, body) =>
            {
                switch (type)
                {
                    case SftpPacketType.PathStatus:
                        return size is { } said ? AttributesReply(id, 0x81A4, said) : Packet(SftpPacketType.Attributes, id, U32(0));
                    case SftpPacketType.HandleStatus:
                        onEnd?.Invoke();
                        return _sizeAtEnd is { } last ? AttributesReply(id, 0x81A4, last) : Status(id, SftpStatus.Unsupported);
                    case SftpPacketType.Open:
                        return Handle(id);
                    case SftpPacketType.Read:
                        onRead?.Invoke();
                        _mostReads = Math.Max(_mostReads, client!.Session.Outstanding);
                        return Read(id, body);
                    default:
                        return Status(id, SftpStatus.Ok);
                }
            });
            client.Bulk.ReadSize = ReadSize;
            await new Downloader(client, options ?? new TransferOptions(), report).CopyAsync("there", _directory["target"]);
        });
        return report.Failures;
    }

    private byte[] Read(uint id, byte[] body)
    {
        long offset = BinaryPrimitives.ReadInt64BigEndian(body.AsSpan(10));
        int asked = (int)BinaryPrimitives.ReadUInt32BigEndian(body.AsSpan(18));
        _reads++;
        int count = (int)Math.Min(Math.Min(asked, _largestAnswer), _length - offset);
        return count > 0 ? Data(id, _content.AsSpan((int)offset, count).ToArray()) : Status(id, SftpStatus.EndOfFile);
    }
}
