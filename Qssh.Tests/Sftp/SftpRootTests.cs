using Qssh.Sftp;
using Xunit;

namespace Qssh.Tests.Sftp;

/// <summary>With a root directory nothing outside of it can be read, named or changed, by whatever way.</summary>
public sealed class SftpRootTests : IDisposable
{
    private readonly Support.TempDirectory _outside = new();
    private readonly InMemorySftp _sftp = new(isRooted: true);

    public SftpRootTests()
    {
        File.WriteAllText(_outside["secret"], "secret");
        Directory.CreateDirectory(_outside["d"]);
        Directory.CreateDirectory(_sftp["in"]);
        File.WriteAllText(_sftp["in/file"], "inside");
    }

    public void Dispose()
    {
        _sftp.Dispose();
        _outside.Dispose();
    }

    /// <summary>Names that lead outside: through "..", absolute and relative links, links to directories, /proc.</summary>
    private IEnumerable<string> Ways()
    {
        string up = string.Concat(Enumerable.Repeat("../", 20));
        Link("absolute", _outside["secret"]);
        Link("directory", _outside.Path);
        Link("relative", up + _outside["secret"].TrimStart('/'));
        Link("chain", "relative");
        Link("above", "..");
        Link("self", "/proc/self/root");
        string secret = _outside["secret"];
        return ["/absolute", "/directory/secret", "/relative", "/chain", $"/{up}{secret}", $"{up}{secret}", $"/in/{up}{secret}", $"/above{secret}", $"/self{secret}", "/above/" + Path.GetFileName(_outside.Path) + "/secret"];
    }

    [Fact]
    public void No_way_leads_outside()
    {
        foreach (string way in Ways())
        {
            Denied(way, _sftp.Open(way, SftpOpenFlags.Read));
            Denied(way, _sftp.Open(way, SftpOpenFlags.Write | SftpOpenFlags.Create | SftpOpenFlags.Truncate));
            Denied(way, _sftp.Open(way + "-new", SftpOpenFlags.Write | SftpOpenFlags.Create), mayExist: true);
            Denied(way, _sftp.Send(SftpPacketType.PathStatus, way));
            Denied(way, _sftp.Set(way, new SftpAttributes { Flags = SftpAttributeFlags.Permissions | SftpAttributeFlags.Times | SftpAttributeFlags.Size }));
            Denied(way, _sftp.Extended("statvfs@openssh.com", way));
        }

        Assert.Equal("secret", File.ReadAllText(_outside["secret"]));
        Assert.Equal(["d", "secret"], Directory.EnumerateFileSystemEntries(_outside.Path).Select(Path.GetFileName).Order());
        Assert.NotEqual(0, (int)File.GetUnixFileMode(_outside["secret"]));
    }

    [Fact]
    public void Nothing_outside_is_made_removed_or_linked()
    {
        Link("directory", _outside.Path);
        string up = string.Concat(Enumerable.Repeat("../", 20));
        foreach (string way in (string[])["/directory", $"/{up}{_outside.Path}", $"/in/{up}{_outside.Path}"])
        {
            Denied(way, _sftp.Send(SftpPacketType.Remove, way + "/secret"));
            Denied(way, _sftp.Send(SftpPacketType.RemoveDirectory, way + "/d"));
            Denied(way, _sftp.Set(way + "/new", default, SftpPacketType.MakeDirectory));
            Denied(way, _sftp.Send(SftpPacketType.Rename, way + "/secret", "/got"));
            Denied(way, _sftp.Send(SftpPacketType.Rename, "/in/file", way + "/put"));
            Denied(way, _sftp.Extended("hardlink@openssh.com", way + "/secret", "/got"));
            Denied(way, _sftp.Extended("hardlink@openssh.com", "/in/file", way + "/put"));
            Denied(way, _sftp.Extended("posix-rename@openssh.com", "/in/file", way + "/secret"));
            Denied(way, _sftp.Send(SftpPacketType.SymbolicLink, "x", way + "/put"));
            Denied(way, _sftp.Send(SftpPacketType.LinkStatus, way + "/secret"));
            Denied(way, _sftp.Send(SftpPacketType.OpenDirectory, way));
        }

        Assert.Equal(["d", "secret"], Directory.EnumerateFileSystemEntries(_outside.Path).Select(Path.GetFileName).Order());
        Assert.False(File.Exists(_sftp["got"]));
        // The root itself stays.
        foreach (string name in (string[])["/", "", ".", "/..", "/in/.."])
        {
            Assert.NotEqual(SftpStatus.Ok, _sftp.Send(SftpPacketType.RemoveDirectory, name).Status);
            Assert.NotEqual(SftpStatus.Ok, _sftp.Send(SftpPacketType.Rename, name, "/in/moved").Status);
        }
    }

    /// <summary>A slash behind a link makes some calls follow it: what is there must make no difference.</summary>
    [Fact]
    public void Nothing_tells_what_is_outside()
    {
        Link("there", _outside["d"]);
        Link("gone", _outside["nothing"]);
        Func<string, SftpReply>[] requests =
        [
            way => _sftp.Extended("hardlink@openssh.com", way, "/got"),
            way => _sftp.Extended("hardlink@openssh.com", "/in/file", way),
            way => _sftp.Send(SftpPacketType.Rename, way, "/got"),
            way => _sftp.Send(SftpPacketType.Rename, "/in/file", way),
            way => _sftp.Send(SftpPacketType.Rename, "/in", way),
            way => _sftp.Extended("posix-rename@openssh.com", way, "/got"),
            way => _sftp.Extended("posix-rename@openssh.com", "/in", way),
            way => _sftp.Extended("posix-rename@openssh.com", "/in/file", way),
            way => _sftp.Send(SftpPacketType.Remove, way),
            way => _sftp.Send(SftpPacketType.RemoveDirectory, way),
            way => _sftp.Set(way, default, SftpPacketType.MakeDirectory),
            way => _sftp.Send(SftpPacketType.SymbolicLink, "x", way),
            way => _sftp.Send(SftpPacketType.ReadLink, way),
            way => _sftp.Send(SftpPacketType.LinkStatus, way),
            way => _sftp.Send(SftpPacketType.PathStatus, way),
            way => _sftp.Send(SftpPacketType.OpenDirectory, way),
            way => _sftp.Extended("statvfs@openssh.com", way),
            way => _sftp.Set(way, new SftpAttributes { Flags = SftpAttributeFlags.Permissions, Permissions = 0x1ED }),
            way => _sftp.Open(way, SftpOpenFlags.Write | SftpOpenFlags.Create),
        ];
        for (int i = 0; i < requests.Length; i++)
        {
            SftpReply there = requests[i]("/there/"), gone = requests[i]("/gone/");
            Assert.Equal((i, there.Status, there.StatusText), (i, gone.Status, gone.StatusText));
            Assert.NotEqual(SftpStatus.Ok, there.Status);
        }
    }

    [Fact]
    public void Inside_everything_works()
    {
        Assert.Equal("inside"u8.ToArray(), _sftp.Read(_sftp.Open("/in/file", SftpOpenFlags.Read).Handle, 0, 100).Data);
        Assert.Equal("inside"u8.ToArray(), _sftp.Read(_sftp.Open("in/../in//./file", SftpOpenFlags.Read).Handle, 0, 100).Data);
        Assert.Equal(SftpStatus.Ok, _sftp.Send(SftpPacketType.SymbolicLink, "in/file", "/link").Status);
        Assert.Equal(6u, _sftp.Send(SftpPacketType.PathStatus, "/link").Attributes.Size);
        Assert.Equal(0xA000u, _sftp.Send(SftpPacketType.LinkStatus, "/link").Attributes.Permissions & 0xF000);
        Assert.Equal("in/file", _sftp.Send(SftpPacketType.ReadLink, "/link").Names.Single().File);
        Assert.Equal(SftpStatus.Ok, _sftp.Set("/new/", default, SftpPacketType.MakeDirectory).Status);
        Assert.Equal(SftpStatus.Ok, _sftp.Send(SftpPacketType.Rename, "/in/file", "/new/file").Status);
        Assert.Equal(SftpStatus.Ok, _sftp.Extended("hardlink@openssh.com", "/new/file", "/second").Status);
        Assert.Equal(SftpStatus.Ok, _sftp.Set("/second", new SftpAttributes { Flags = SftpAttributeFlags.Permissions | SftpAttributeFlags.Times | SftpAttributeFlags.Size, Permissions = 0x180, Modified = 9, Size = 2 }).Status);
        SftpAttributes told = _sftp.Send(SftpPacketType.PathStatus, "/second").Attributes;
        Assert.Equal((2UL, 0x8180u), (told.Size, told.Permissions));
        Assert.Equal(SftpStatus.Ok, _sftp.Send(SftpPacketType.Remove, "/second").Status);
        Assert.Equal(SftpStatus.Ok, _sftp.Send(SftpPacketType.RemoveDirectory, "/in").Status);
        Assert.Equal([".", "..", "link", "new"], _sftp.List("/").Select(name => name.File).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_client_sees_the_root_as_slash()
    {
        foreach ((string asked, string told) in ((string, string)[])[("/", "/"), (".", "/"), ("", "/"), ("/..", "/"), ("../../x", "/x"), ("/in/../y/", "/y"), ("in", "/in")])
            Assert.Equal(told, _sftp.Send(SftpPacketType.RealPath, asked).Names.Single().File);
        Assert.Equal("/x", _sftp.Extended("expand-path@openssh.com", "~/x").Names.Single().File);
        Assert.Equal("/", _sftp.Extended("home-directory", "").Names.Single().File);
        using InMemorySftp below = new(isRooted: true, start: "/a/../in/");
        Assert.Equal("/in/x", below.Send(SftpPacketType.RealPath, "x").Names.Single().File);
        Assert.Equal("/x", below.Send(SftpPacketType.RealPath, "/x").Names.Single().File);
        Assert.Equal("/in", below.Send(SftpPacketType.RealPath, "").Names.Single().File);
    }

    private void Link(string name, string target)
    {
        if (!Path.Exists(_sftp[name]) && new FileInfo(_sftp[name]).LinkTarget is null)
            File.CreateSymbolicLink(_sftp[name], target);
    }

    private static void Denied(string way, SftpReply reply, bool mayExist = false)
    {
        if (mayExist && reply.Type == SftpPacketType.Handle)
            return;
        Assert.True(reply.Type == SftpPacketType.Status, $"{way}: {reply.Type}");
        Assert.True(reply.Status is SftpStatus.PermissionDenied or SftpStatus.NoSuchFile, $"{way}: {reply.Status} {reply.StatusText}");
    }
}
