using System.Buffers.Binary;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Qssh.Files;
using Qssh.Sftp;
using Qssh.Sftp.Client;
using Qssh.Tests.Support;
using Xunit;
using static Qssh.Tests.Sftp.Client.ScriptedSftpServer;

namespace Qssh.Tests.Sftp.Client;

/// <summary>Servers that do not keep to the protocol, or that want to write where they must not.</summary>
public sealed class HostileServerTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly List<string> _said = [];

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_reply_to_no_request_ends_the_session() => Lost((type, id, _) => type == SftpPacketType.PathStatus ? Status(id + 1, SftpStatus.Ok) : null, "not made");

    [Fact]
    public void A_second_version_ends_the_session() => Lost((type, id, _) => type == SftpPacketType.PathStatus ? Packet(SftpPacketType.Version, 3) : null, "not made");

    [Fact]
    public void A_packet_too_long_ends_the_session() => Lost((type, _, _) => type == SftpPacketType.PathStatus ? U32(uint.MaxValue) : null, "bytes");

    [Fact]
    public void Data_nobody_asked_for_ends_the_session() => Lost((type, id, _) => type == SftpPacketType.PathStatus ? Data(id, [1]) : null, "asked for");

    [Fact]
    public void Nor_is_data_of_no_bytes_taken_for_what_is_no_read() => Lost((type, id, _) => type == SftpPacketType.PathStatus ? Data(id, []) : null, "asked for");

    [Theory]
    [InlineData(2u)]
    [InlineData(0u)]
    public void Older_servers_are_refused(uint version) => OnReactor.Run(async () =>
    {
        ScriptedSftpServer server = new() { Version = version };
        SftpLostException lost = await Assert.ThrowsAsync<SftpLostException>(async () => await new SftpClient(server.Session).StartAsync());
        Assert.Contains("version", lost.Message);
    });

    [Theory]
    [InlineData("../up")]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("bell\a")]
    [InlineData("esc\x1b]0;x\a")]
    [InlineData("line\nfeed")]
    [InlineData("c1\u009b")]
    public void Names_that_lead_elsewhere_or_speak_to_terminals_are_refused(string name)
    {
        int failures = Download(Tree(name, "good"), recursive: true);
        Assert.Equal(name is "." or ".." ? 0 : 1, failures);
        Assert.Equal(["good"], Directory.GetFileSystemEntries(_directory["target"]).Select(Path.GetFileName));
        Assert.Equal([_directory["target"]], Directory.GetFileSystemEntries(_directory.Path));
        Assert.All(_said, line => Assert.DoesNotContain(line, c => c is < ' ' or (>= '\x7f' and <= '\x9f')));
    }

    [Theory]
    [InlineData("/home/.ssh")]
    [InlineData("/home/bell\a")]
    [InlineData("/home/..")]
    [InlineData("/home/*")]
    [InlineData("")]
    public void The_name_of_a_home_directory_is_checked(string home)
    {
        Directory.CreateDirectory(_directory["target"]);
        int failures = Run(Home(home), (client, report) => new CopyJob(new TransferOptions { Recursive = true }, report, _ => new(client))
            .RunAsync([new CopyPlace("h", "~bob")], new CopyPlace(null, _directory["target"])));
        string[] names = [.. Directory.GetFileSystemEntries(_directory["target"]).Select(path => Path.GetFileName(path))];
        if (home != "/home/*")
            Assert.Equal((1, 0), (failures, names.Length));
        else
            Assert.Equal(["*"], names);
        Assert.Equal([_directory["target"]], Directory.GetFileSystemEntries(_directory.Path));
        Assert.All(_said, line => Assert.DoesNotContain(line, char.IsControl));
    }

    [Fact]
    public void A_home_directory_is_fetched_under_its_name() =>
        Assert.Equal(0, Run(Home("/home/bob"), async (client, report) =>
        {
            await new CopyJob(new TransferOptions { Recursive = true }, report, _ => new(client)).RunAsync([new CopyPlace("h", "~bob/")], new CopyPlace(null, _directory["target"]));
            Assert.True(System.IO.File.Exists(_directory["target/good"]));
        }));

    [Fact]
    public void A_name_of_64_KiB_ends_the_session() =>
        Assert.Throws<Qssh.Errors.ProtocolException>(() => Download(Tree(new string('n', 65536), "good"), recursive: true));

    [Fact]
    public void A_directory_without_end_ends_somewhere()
    {
        int failures = Download((type, id, _) => type switch
        {
            SftpPacketType.PathStatus => AttributesReply(id, 0x41ED, 0),
            SftpPacketType.OpenDirectory => Handle(id),
            SftpPacketType.ReadDirectory => Names(id, [.. Enumerable.Range(0, 100).Select(i => $"{id}-{i}")]),
            _ => null,
        }, recursive: true);
        Assert.Equal(1, failures);
        Assert.Contains("does not end", _said.Single());
    }

    [Theory]
    [InlineData(".", 1_000)]
    [InlineData("..", 1_000)]
    [InlineData("a name of some length, which comes again and again", 1_000_000)]
    public void A_listing_is_bounded_by_entries_and_by_bytes(string name, int mostEntries) => OnReactor.Run(async () =>
    {
        ScriptedSftpServer server = new()
        {
            Answer = (type, id, _) => type switch
            {
                SftpPacketType.OpenDirectory => Handle(id),
                SftpPacketType.ReadDirectory => Names(id, name, name, name),
                _ => null,
            },
        };
        SftpClient client = new(server.Session) { MaxEntries = mostEntries, MaxNameBytes = 10_000 };
        await client.StartAsync();
        SftpException refusal = await Assert.ThrowsAsync<SftpException>(async () => await client.ListAsync("x"));
        Assert.Contains("does not end", refusal.Message);
    });

    [Theory]
    [InlineData(false, "")]
    [InlineData(true, "-rw-r--r-- 1 someone")]
    public void Lines_of_a_listing_are_kept_where_they_are_shown(bool withLines, string expected) => OnReactor.Run(async () =>
    {
        bool isListed = false;
        (SftpClient client, _) = await ConnectAsync((type, id, _) =>
        {
            if (type == SftpPacketType.OpenDirectory)
                return Handle(id);
            if (type != SftpPacketType.ReadDirectory || isListed)
                return Status(id, SftpStatus.EndOfFile);
            isListed = true;
            return Packet(SftpPacketType.Name, id, U32(1), Text("f"), Text("-rw-r--r-- 1 someone" + new string(' ', 10_000)), Attributes(0x81A4, 3));
        });
        SftpEntry entry = Assert.Single(await client.ListAsync("x", withLines: withLines));
        Assert.Equal(expected, entry.LongName.TrimEnd());
        Assert.InRange(entry.LongName.Length, 0, 100);
    });

    [Fact]
    public void Directories_without_end_end_somewhere()
    {
        bool isListed = false;
        int failures = Download((type, id, _) =>
        {
            switch (type)
            {
                case SftpPacketType.PathStatus:
                    return AttributesReply(id, 0x41ED, 0);
                case SftpPacketType.OpenDirectory:
                    isListed = false;
                    return Handle(id);
                case SftpPacketType.ReadDirectory when !isListed:
                    isListed = true;
                    return Packet(SftpPacketType.Name, id, U32(1), Text("d"), Text("d"), Attributes(0x41ED, 0));
                default:
                    return Status(id, type == SftpPacketType.ReadDirectory ? SftpStatus.EndOfFile : SftpStatus.NoSuchFile);
            }
        }, recursive: true);
        Assert.Equal(1, failures);
        Assert.Contains("64 directories deep", _said.Single());
    }

    [Fact]
    public void Less_than_announced_is_not_whole()
    {
        Assert.Equal(1, Download(File(size: 100, (_, offset, _) => offset < 40 ? new byte[40] : []), recursive: false));
        Assert.Contains("ended after 40 of 100 bytes", _said.Single());
        Assert.Contains("not whole", _said.Single());
    }

    [Fact]
    public void A_connection_cut_anywhere_is_never_a_success()
    {
        byte[] content = new byte[300_000];
        new System.Random(1).NextBytes(content);
        Script file = File(content.Length, (_, offset, length) => content[(int)Math.Min(offset, content.Length)..(int)Math.Min(offset + Math.Min(length, 10_000), content.Length)]);
        Prop.ForAll(Gen.Choose(1, 310_000).ToArbitrary(), bytes =>
        {
            bool isLost = false;
            TransferReport report = new(_ => { });
            OnReactor.Run(async () =>
            {
                (SftpClient client, ScriptedSftpServer server) = await ConnectAsync(file);
                server.CutAfter = bytes;
                try
                {
                    await new Downloader(client, new TransferOptions(), report).CopyAsync("there", _directory["target"]);
                }
                catch (SftpLostException)
                {
                    isLost = true;
                }
            });
            bool isWhole = System.IO.File.Exists(_directory["target"]) && System.IO.File.ReadAllBytes(_directory["target"]).AsSpan().SequenceEqual(content);
            System.IO.File.Delete(_directory["target"]);
            Assert.True(isWhole || isLost || report.Failures > 0);
            Assert.True(bytes > content.Length || isLost);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Short_answers_are_asked_again()
    {
        Assert.Equal(0, Download(File(size: 100, (_, offset, length) => [.. Enumerable.Range((int)offset, (int)Math.Min(Math.Min(length, 7), 100 - offset)).Select(i => (byte)i)]), recursive: false));
        Assert.Equal(Enumerable.Range(0, 100).Select(i => (byte)i), System.IO.File.ReadAllBytes(_directory["target"]));
    }

    [Fact]
    public void An_answer_of_nothing_is_no_progress() => Assert.Throws<SftpLostException>(() => Download((type, id, body) => type switch
    {
        SftpPacketType.Read => Data(id, []),
        _ => File(100, (_, _, _) => [])(type, id, body),
    }, recursive: false));

    [Fact]
    public void More_than_was_asked_for_is_not_taken() =>
        Assert.Throws<SftpLostException>(() => Download(File(size: 10, (_, _, length) => new byte[length + 1]), recursive: false));

    [Fact]
    public void A_refused_write_is_told()
    {
        System.IO.File.WriteAllBytes(_directory["source"], new byte[300_000]);
        int failures = Run((type, id, _) => type switch
        {
            SftpPacketType.Open => Handle(id),
            SftpPacketType.Write when id % 2 == 0 => Status(id, SftpStatus.Failure),
            SftpPacketType.Write or SftpPacketType.Close => Status(id, SftpStatus.Ok),
            _ => null,
        }, (client, report) => new Uploader(client, new TransferOptions(), report).CopyAsync(_directory["source"], "there"));
        Assert.Equal(1, failures);
        Assert.Contains("\"there\"", _said.Single());
    }

    [Fact]
    public void A_close_that_fails_is_told()
    {
        System.IO.File.WriteAllText(_directory["source"], "x");
        int failures = Run((type, id, _) => type switch
        {
            SftpPacketType.Open => Handle(id),
            SftpPacketType.Write => Status(id, SftpStatus.Ok),
            SftpPacketType.Close => Status(id, SftpStatus.Failure),
            _ => null,
        }, (client, report) => new Uploader(client, new TransferOptions(), report).CopyAsync(_directory["source"], "there"));
        Assert.Equal(1, failures);
    }

    [Fact]
    public void Words_of_the_server_are_escaped() => OnReactor.Run(async () =>
    {
        (SftpClient client, _) = await ConnectAsync((type, id, _) =>
            type == SftpPacketType.Remove ? Packet(SftpPacketType.Status, id, U32(4), Text("no\x1b[2J\n"), Text("")) : null);
        SftpException refusal = await Assert.ThrowsAsync<SftpException>(async () => await client.RemoveAsync("x"));
        Assert.DoesNotContain(refusal.Message, char.IsControl);
    });

    private static Script File(long size, Func<uint, long, uint, byte[]> content) => (type, id, body) =>
    {
        switch (type)
        {
            case SftpPacketType.PathStatus:
                return AttributesReply(id, 0x81A4, size);
            case SftpPacketType.Open:
                return Handle(id);
            case SftpPacketType.Read:
                byte[] data = content(id, BinaryPrimitives.ReadInt64BigEndian(body.AsSpan(10)), BinaryPrimitives.ReadUInt32BigEndian(body.AsSpan(18)));
                return data.Length > 0 ? Data(id, data) : Status(id, SftpStatus.EndOfFile);
            default:
                return Status(id, SftpStatus.Ok);
        }
    };

    /// <summary>Of a user whose home is said to be there, with one file.</summary>
    private static Script Home(string home)
    {
        Script tree = Tree("good");
        return (type, id, body) => type switch
        {
            SftpPacketType.Extended => Names(id, home),
            SftpPacketType.PathStatus when Encoding.UTF8.GetString(body).EndsWith("/good", StringComparison.Ordinal) => AttributesReply(id, 0x81A4, 3),
            _ => tree(type, id, body),
        };
    }

    private static Script Tree(params string[] names)
    {
        bool isListed = false;
        Script file = File(3, (_, offset, _) => offset == 0 ? "abc"u8.ToArray() : []);
        return (type, id, body) =>
        {
            switch (type)
            {
                case SftpPacketType.PathStatus:
                    return AttributesReply(id, 0x41ED, 0);
                case SftpPacketType.RealPath:
                    return Names(id, "/there");
                case SftpPacketType.OpenDirectory:
                    return Handle(id);
                case SftpPacketType.ReadDirectory:
                    byte[] answer = isListed ? Status(id, SftpStatus.EndOfFile) : Names(id, names);
                    isListed = true;
                    return answer;
                default:
                    return file(type, id, body);
            }
        };
    }

    private int Download(Script script, bool recursive) => Run(script, (client, report) =>
        new Downloader(client, new TransferOptions { Recursive = recursive }, report).CopyAsync("there", _directory["target"]));

    private int Run(Script script, Func<SftpClient, TransferReport, ValueTask> copy)
    {
        TransferReport report = new(_said.Add);
        OnReactor.Run(async () =>
        {
            (SftpClient client, _) = await ConnectAsync(script);
            await copy(client, report);
        });
        return report.Failures;
    }

    private static void Lost(Script script, string reason) => OnReactor.Run(async () =>
    {
        (SftpClient client, _) = await ConnectAsync(script);
        SftpLostException lost = await Assert.ThrowsAsync<SftpLostException>(async () => await client.StatusAsync("x"));
        Assert.Contains(reason, client.Session.Lost!.Message);
        Assert.Same(lost.GetType(), client.Session.Lost.GetType());
        await Assert.ThrowsAsync<SftpLostException>(async () => await client.StatusAsync("x"));
    });
}
