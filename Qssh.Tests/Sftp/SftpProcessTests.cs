using System.Text;
using Qssh.Sftp;
using Qssh.Tests.EndToEnd;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.Sftp;

/// <summary>The server of files as a process: its options, its end, its memory, and OpenSSH's server beside it.</summary>
[Collection(EndToEndTests.Name)]
public sealed class SftpProcessTests : IDisposable
{
    private const string OpenSsh = "/usr/lib/openssh/sftp-server";

    private readonly TempDirectory _files = new();

    public void Dispose() => _files.Dispose();

    [BinaryFact]
    public void It_ends_well_when_the_client_does_and_badly_within_a_packet()
    {
        using PipeSftp good = Serve();
        Assert.Equal((0, ""), good.End());
        using PipeSftp cut = Serve("-e");
        cut.Write([0, 0, 0, 9, 16]);
        (int status, string errors) = cut.End();
        Assert.Equal(1, status);
        Assert.Contains("cut off", errors);
    }

    [BinaryTheory]
    [InlineData("00000000")]
    [InlineData("00000004")]
    [InlineData("FFFFFFFF")]
    [InlineData("00040401")]
    public void A_packet_of_impossible_length_ends_the_session(string length)
    {
        using PipeSftp server = Serve("-e");
        server.Write(Convert.FromHexString(length));
        (int status, string errors) = server.End();
        Assert.Equal(1, status);
        Assert.Contains("SFTP packet of", errors);
    }

    [BinaryFact]
    public void Its_memory_does_not_grow_with_what_is_asked()
    {
        File.WriteAllBytes(_files["big"], new byte[4 << 20]);
        using PipeSftp server = Serve();
        byte[] handle = server.Open(_files["big"], SftpOpenFlags.Read | SftpOpenFlags.Write).Handle;
        for (int i = 0; i < 1000; i++)
        {
            Assert.Equal(SftpLimits.Data, server.Read(handle, (ulong)(i % 16) * SftpLimits.Data, uint.MaxValue).Data.Length);
            Assert.Equal(SftpStatus.NoSuchFile, server.Send(SftpPacketType.PathStatus, _files["none"]).Status);
        }

        for (int i = 0; i < 1200; i++)
            server.Send(SftpPacketType.OpenDirectory, _files.Path);
        string peak = File.ReadLines($"/proc/{server.Id}/status").Single(line => line.StartsWith("VmHWM", StringComparison.Ordinal));
        Assert.InRange(int.Parse(peak.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2]), 1, 64 * 1024);
    }

    [BinaryFact]
    public void Requests_that_come_together_are_answered_in_order()
    {
        using PipeSftp server = Serve();
        SftpWriter writer = new(new byte[1 << 20]);
        for (uint id = 0; id < 5000; id++)
        {
            writer.Begin(SftpPacketType.RealPath, id);
            writer.Text("/usr/..");
            writer.End();
        }

        byte[] all = writer.Written.ToArray();
        Thread sender = new(() => server.Write(all));
        sender.Start();
        for (uint id = 0; id < 5000; id++)
        {
            SftpReader reader = new(server.ReadPacket().AsSpan(4));
            Assert.Equal(SftpPacketType.Name, reader.Type());
            Assert.Equal(id, reader.U32());
        }

        sender.Join();
    }

    [BinaryFact]
    public void Options_do_as_they_say()
    {
        using (PipeSftp server = Serve("-u", "077", "-d", _files.Path))
        {
            Assert.Equal(_files.Path, server.Send(SftpPacketType.RealPath, ".").Names.Single().File);
            Assert.Equal(SftpPacketType.Handle, server.Open("new", SftpOpenFlags.Write | SftpOpenFlags.Create).Type);
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_files["new"]));
        }

        using (PipeSftp server = Serve("-R", "-P", "readlink", "-e", "-l", "VERBOSE"))
        {
            Assert.Equal(SftpStatus.PermissionDenied, server.Send(SftpPacketType.Remove, _files["new"]).Status);
            Assert.Equal(SftpStatus.PermissionDenied, server.Send(SftpPacketType.ReadLink, "/proc/self").Status);
            string log = server.End().Errors;
            Assert.Contains("session opened", log);
            Assert.Contains("remove request refused", log);
            Assert.Contains("sent status Permission denied", log);
            Assert.Contains("session closed", log);
        }

        using (PipeSftp server = Serve("--root", _files.Path))
            Assert.Equal([".", "..", "new"], server.List("/").Select(name => name.File).Order(StringComparer.Ordinal));
    }

    [BinaryTheory]
    [InlineData("-Q nothing", 1, "requests")]
    [InlineData("-u 888", 1, "octal")]
    [InlineData("-u 1777", 1, "octal")]
    [InlineData("-l LOUD", 1, "LOUD")]
    [InlineData("-P remvoe", 1, "remvoe")]
    [InlineData("-d %x", 1, "%x")]
    [InlineData("--root /nowhere/at/all", 1, "/nowhere/at/all")]
    public void Wrong_options_are_named(string options, int status, string word)
    {
        ProgramRun run = ProgramRun.Of(StaticBinary.Path, ["sftp-server", .. options.Split(' ')]);
        Assert.Equal(status, run.ExitCode);
        Assert.Contains(word, run.Errors);
    }

    [BinaryFact]
    public void The_requests_that_options_take_are_listed() =>
        Assert.Equal("open close read write".Split(' '), ProgramRun.Of(StaticBinary.Path, ["sftp-server", "-Q", "requests"]).Text.Split('\n')[..4]);

    [BinaryFact("setpriv", root: true)]
    public void What_the_user_may_not_is_denied()
    {
        File.WriteAllText(_files["private"], "x"); // its directory has mode 0700 and belongs to root
        using PipeSftp server = new(StaticBinary.Find("setpriv")!, "--reuid=65534", "--regid=65534", "--clear-groups", StaticBinary.Path, "sftp-server");
        Assert.Equal(SftpStatus.PermissionDenied, server.Open(_files["private"], SftpOpenFlags.Read).Status);
        Assert.Equal(SftpStatus.PermissionDenied, server.Send(SftpPacketType.Remove, _files["private"]).Status);
        Assert.Equal(SftpStatus.PermissionDenied, server.Set("/etc/passwd", new SftpAttributes { Flags = SftpAttributeFlags.Permissions, Permissions = 0x1FF }).Status);
        Assert.Equal(SftpStatus.PermissionDenied, server.Open($"/proc/{server.Id}/mem", SftpOpenFlags.Write).Status);
        Assert.Equal(SftpStatus.PermissionDenied, server.Open("/proc/self/mem", SftpOpenFlags.Read | SftpOpenFlags.Write).Status);
    }

    /// <summary>The same questions to both: the same answers, byte for byte, but for the words of a failure, where ours say more.</summary>
    [BinaryFact]
    public void It_answers_as_OpenSSHs_server_does()
    {
        Assert.SkipUnless(File.Exists(OpenSsh), "openssh-sftp-server is not installed");
        File.WriteAllText(_files["file"], "content");
        File.SetLastWriteTimeUtc(_files["file"], new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));
        File.WriteAllText(_files["tool"], "x");
        File.SetUnixFileMode(_files["tool"], (UnixFileMode)0x9ED);
        Directory.CreateDirectory(_files["d"]);
        File.SetUnixFileMode(_files["d"], (UnixFileMode)0x3FF);
        File.CreateSymbolicLink(_files["link"], "file");
        File.CreateSymbolicLink(_files["nowhere"], "none");
        using PipeSftp ours = Serve(), theirs = new(OpenSsh);
        string[] paths = ["", ".", "/", "//", "/..", "/none", "/none/x", _files.Path, _files["file"], _files["file"] + "/x", _files["file"] + "/", _files["d"] + "/../link", _files["link"], _files["nowhere"], "/dev/null", _files[new string('y', 300)]];
        foreach (SftpPacketType type in (SftpPacketType[])[SftpPacketType.PathStatus, SftpPacketType.LinkStatus, SftpPacketType.RealPath, SftpPacketType.ReadLink])
        {
            foreach (string path in paths)
                AssertSame(ours.Send(type, path), theirs.Send(type, path), $"{type} {path}");
        }

        foreach (string path in (string[])["~root", "/usr/../etc", "x"])
            AssertSame(ours.Extended("expand-path@openssh.com", path), theirs.Extended("expand-path@openssh.com", path), path);
        foreach (string path in (string[])[_files.Path, "/dev", "/etc", "/usr/bin"])
            Assert.Equal(Stable(theirs.List(path)), Stable(ours.List(path)));
    }

    private static IEnumerable<(string, string)> Stable(List<(string File, string Long)> names) =>
        names.Where(name => !name.Long.Contains("fd", StringComparison.Ordinal)).Order();

    private static void AssertSame(SftpReply ours, SftpReply theirs, string what)
    {
        Assert.True(ours.Type == theirs.Type, $"{what}: {ours.Type}, theirs {theirs.Type}: {Encoding.Latin1.GetString(theirs.Fields)}");
        if (ours.Type == SftpPacketType.Status)
            Assert.True(ours.Status == theirs.Status, $"{what}: {ours.Status}, theirs {theirs.Status}");
        else
            Assert.True(ours.Fields.AsSpan().SequenceEqual(theirs.Fields), $"{what}: {Convert.ToHexString(ours.Fields)}, theirs {Convert.ToHexString(theirs.Fields)}");
    }

    private static PipeSftp Serve(params string[] options) => new(StaticBinary.Path, ["sftp-server", .. options]);
}
