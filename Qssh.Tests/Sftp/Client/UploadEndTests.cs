using Qssh.Files;
using Qssh.Sftp;
using Qssh.Sftp.Client;
using Qssh.Tests.Support;
using static Qssh.Tests.Sftp.Client.ScriptedSftpServer;

namespace Qssh.Tests.Sftp.Client;

/// <summary>What makes an upload a success: its content, and a close that is good. Not its times; and nothing is gone on with that cannot be seen.</summary>
public sealed class UploadEndTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly List<string> _said = [];
    private readonly List<SftpPacketType> _asked = [];

    public UploadEndTests() => File.WriteAllText(_directory["source"], "new content");

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Metadata_that_are_refused_are_a_note(bool atomic)
    {
        Assert.Equal(0, Upload(new TransferOptions { Preserve = true, Atomic = atomic }, (type, id, _) => type == SftpPacketType.HandleSetStatus ? Status(id, SftpStatus.PermissionDenied) : null));
        Assert.StartsWith("remote fsetstat \"there\": ", _said.Single());
        Assert.Equal(atomic, _asked.Contains(SftpPacketType.Rename));
        Assert.DoesNotContain(SftpPacketType.Remove, _asked);
    }

    [Fact]
    public void A_close_that_fails_is_told_behind_metadata_that_are_refused()
    {
        Assert.Equal(1, Upload(new TransferOptions { Preserve = true }, (type, id, _) =>
            type is SftpPacketType.HandleSetStatus or SftpPacketType.Close ? Status(id, SftpStatus.Failure) : null));
        Assert.Contains(_said, line => line.StartsWith("close remote", StringComparison.Ordinal));
    }

    [Fact]
    public void A_size_that_is_refused_is_none()
    {
        using (FileStream holes = File.Create(_directory["source"]))
            holes.SetLength(1_000_000);
        Assert.Equal(1, Upload(new TransferOptions(), (type, id, _) => type == SftpPacketType.HandleSetStatus ? Status(id, SftpStatus.PermissionDenied) : null));
    }

    [Fact]
    public void What_is_there_is_not_gone_on_with_unseen()
    {
        TransferOptions options = new() { Resume = true };
        Assert.Equal(1, Upload(options, (type, id, _) => type == SftpPacketType.PathStatus ? Status(id, SftpStatus.PermissionDenied) : null));
        Assert.Equal(1, Upload(options, (type, id, _) => type == SftpPacketType.PathStatus ? Packet(SftpPacketType.Attributes, id, U32(0)) : null));
        Assert.All(_said, line => Assert.Contains("cannot resume", line));
        Assert.DoesNotContain(SftpPacketType.Write, _asked);
        Assert.Equal(0, Upload(options, (type, id, _) => type == SftpPacketType.PathStatus ? Status(id, SftpStatus.NoSuchFile) : null));
        Assert.Contains(SftpPacketType.Write, _asked);
    }

    [Fact]
    public void Files_that_the_kernel_makes_up_are_whole_where_they_end()
    {
        const string Short = "/sys/devices/system/cpu/online";
        Assert.SkipUnless(File.Exists(Short), "no sysfs");
        File.Delete(_directory["source"]);
        File.CreateSymbolicLink(_directory["source"], Short);
        Assert.Equal(0, Upload(new TransferOptions(), static (_, _, _) => null));
        Assert.Empty(_said);
    }

    [Fact]
    public void New_directories_get_their_mode_when_they_are_full()
    {
        Directory.CreateDirectory(_directory["tree"]);
        File.WriteAllText(_directory["tree/file"], "x");
        File.SetUnixFileMode(_directory["tree"], (UnixFileMode)0x16D);
        List<byte[]> set = [];
        Assert.Equal(0, Upload(new TransferOptions { Recursive = true }, (type, id, body) =>
        {
            if (type != SftpPacketType.SetStatus)
                return null;
            Assert.Contains(SftpPacketType.Write, _asked);
            set.Add(body);
            return Status(id, SftpStatus.PermissionDenied);
        }, "tree"));
        File.SetUnixFileMode(_directory["tree"], (UnixFileMode)0x1ED);
        Assert.Equal([.. Text("there"), .. U32(4), .. U32(0x16D)], set.Single());
        Assert.StartsWith("remote setstat \"there\": ", _said.Single());
    }

    private int Upload(TransferOptions options, Script script, string source = "source")
    {
        TransferReport report = new(_said.Add);
        OnReactor.Run(async () =>
        {
            (SftpClient client, _) = await ConnectAsync((type, id, body) =>
            {
                _asked.Add(type);
                return script(type, id, body) ?? (type switch
                {
                    SftpPacketType.Open => Handle(id),
                    SftpPacketType.PathStatus => Status(id, SftpStatus.NoSuchFile),
                    _ => Status(id, SftpStatus.Ok),
                });
            });
            await new Uploader(client, options, report).CopyAsync(_directory[source], "there");
        });
        return report.Failures;
    }
}
