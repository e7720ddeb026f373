using System.Runtime.Versioning;
using Qssh.Platform;
using Qssh.Sftp;
using Xunit;

namespace Qssh.Tests.Sftp;

/// <summary>Requests on names: what they change, what they refuse, what they answer.</summary>
public sealed class SftpNameTests : IDisposable
{
    private readonly InMemorySftp _sftp = new();

    public void Dispose() => _sftp.Dispose();

    [Fact]
    public void The_version_tells_the_extensions()
    {
        Assert.Equal(SftpPacketType.Version, _sftp.Version.Type);
        SftpReader reader = _sftp.Version.Reader;
        List<string> extensions = [];
        while (!reader.IsEmpty)
            extensions.Add($"{ByteText.From(reader.ByteString(100, "name"))} {ByteText.From(reader.ByteString(100, "version"))}");
        Assert.Equal(
            [
                "posix-rename@openssh.com 1", "statvfs@openssh.com 2", "fstatvfs@openssh.com 2", "hardlink@openssh.com 1", "fsync@openssh.com 1",
                "lsetstat@openssh.com 1", "limits@openssh.com 1", "expand-path@openssh.com 1", "copy-data 1", "home-directory 1", "users-groups-by-id@openssh.com 1",
            ],
            extensions);
    }

    [Fact]
    public void Rename_spares_what_is_there_and_posix_rename_replaces_it()
    {
        File.WriteAllText(_sftp["a"], "a");
        File.WriteAllText(_sftp["b"], "b");
        Assert.Equal(SftpStatus.Failure, _sftp.Send(SftpPacketType.Rename, _sftp["a"], _sftp["b"]).Status);
        Assert.Equal("b", File.ReadAllText(_sftp["b"]));
        Assert.Equal(SftpStatus.Ok, _sftp.Extended("posix-rename@openssh.com", _sftp["a"], _sftp["b"]).Status);
        Assert.Equal("a", File.ReadAllText(_sftp["b"]));
        Assert.Equal(SftpStatus.Ok, _sftp.Send(SftpPacketType.Rename, _sftp["b"], _sftp["c"]).Status);
        Assert.True(File.Exists(_sftp["c"]));
        Assert.Equal(SftpStatus.NoSuchFile, _sftp.Send(SftpPacketType.Rename, _sftp["none"], _sftp["d"]).Status);
    }

    [Fact]
    public void Links_have_their_target_first()
    {
        Assert.Equal(SftpStatus.Ok, _sftp.Send(SftpPacketType.SymbolicLink, "target", _sftp["link"]).Status);
        Assert.Equal("target", new FileInfo(_sftp["link"]).LinkTarget);
        Assert.Equal(("target", "target"), _sftp.Send(SftpPacketType.ReadLink, _sftp["link"]).Names.Single());
        File.WriteAllText(_sftp["file"], "x");
        Assert.Equal(SftpStatus.Ok, _sftp.Extended("hardlink@openssh.com", _sftp["file"], _sftp["second"]).Status);
        Assert.Equal("x", File.ReadAllText(_sftp["second"]));
        Assert.Equal(SftpStatus.BadMessage, _sftp.Send(SftpPacketType.ReadLink, _sftp["file"]).Status);
    }

    [Fact]
    public void Removing_a_link_leaves_what_it_leads_to()
    {
        File.WriteAllText(_sftp["file"], "x");
        File.CreateSymbolicLink(_sftp["link"], _sftp["file"]);
        Assert.Equal(SftpStatus.Ok, _sftp.Send(SftpPacketType.Remove, _sftp["link"]).Status);
        Assert.True(File.Exists(_sftp["file"]));
        Directory.CreateDirectory(_sftp["d"]);
        Assert.Equal(SftpStatus.Failure, _sftp.Send(SftpPacketType.Remove, _sftp["d"]).Status);
        Assert.Equal(SftpStatus.Ok, _sftp.Send(SftpPacketType.RemoveDirectory, _sftp["d"]).Status);
        Assert.Equal(SftpStatus.NoSuchFile, _sftp.Send(SftpPacketType.RemoveDirectory, _sftp["file"]).Status);
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public void Attributes_are_set_and_told()
    {
        File.WriteAllText(_sftp["a"], "12345");
        SftpAttributes wanted = new()
        {
            Flags = SftpAttributeFlags.Size | SftpAttributeFlags.Permissions | SftpAttributeFlags.Times,
            Size = 3,
            Permissions = 0x1A4,
            Accessed = 1_000_000_000,
            Modified = 4_000_000_000,
        };
        Assert.Equal(SftpStatus.Ok, _sftp.Set(_sftp["a"], wanted).Status);
        SftpAttributes told = _sftp.Send(SftpPacketType.PathStatus, _sftp["a"]).Attributes;
        Assert.Equal((3UL, 0x81A4u, 1_000_000_000u, 4_000_000_000u), (told.Size, told.Permissions, told.Accessed, told.Modified));
        byte[] handle = _sftp.Open(_sftp["a"], SftpOpenFlags.Read | SftpOpenFlags.Write).Handle;
        Assert.Equal(SftpStatus.Ok, _sftp.Send(SftpPacketType.HandleSetStatus, (ref SftpWriter w) =>
        {
            w.ByteString(handle);
            w.Attributes(new SftpAttributes { Flags = SftpAttributeFlags.Size | SftpAttributeFlags.Permissions, Size = 9, Permissions = 0x180 });
        }).Status);
        told = _sftp.Send(SftpPacketType.HandleStatus, (ref SftpWriter w) => w.ByteString(handle)).Attributes;
        Assert.Equal((9UL, 0x8180u), (told.Size, told.Permissions));
    }

    [Fact]
    public void A_link_is_meant_itself_by_lstat_and_lsetstat()
    {
        File.WriteAllText(_sftp["a"], "12345");
        File.CreateSymbolicLink(_sftp["link"], _sftp["a"]);
        Assert.Equal(0xA000u, _sftp.Send(SftpPacketType.LinkStatus, _sftp["link"]).Attributes.Permissions & 0xF000);
        Assert.Equal(0x8000u, _sftp.Send(SftpPacketType.PathStatus, _sftp["link"]).Attributes.Permissions & 0xF000);
        uint before = _sftp.Send(SftpPacketType.PathStatus, _sftp["a"]).Attributes.Modified;
        SftpReply reply = LinkSet(new SftpAttributes { Flags = SftpAttributeFlags.Times, Accessed = 5, Modified = 6 });
        Assert.Equal(SftpStatus.Ok, reply.Status);
        Assert.Equal(6u, _sftp.Send(SftpPacketType.LinkStatus, _sftp["link"]).Attributes.Modified);
        Assert.Equal(before, _sftp.Send(SftpPacketType.PathStatus, _sftp["a"]).Attributes.Modified);
        Assert.Equal(SftpStatus.BadMessage, LinkSet(new SftpAttributes { Flags = SftpAttributeFlags.Size, Size = 1 }).Status);
        Assert.Equal(SftpStatus.Failure, LinkSet(new SftpAttributes { Flags = SftpAttributeFlags.Permissions, Permissions = 0x1FF }).Status);
    }

    [Fact]
    public void Five_thousand_names_come_once_each()
    {
        for (int i = 0; i < 5000; i++)
            File.WriteAllText(_sftp[$"file with a name of some length {i}"], "");
        List<(string File, string Long)> names = _sftp.List(_sftp.Directory.Path);
        Assert.Equal(5002, names.Count);
        Assert.Distinct(names.Select(name => name.File));
        Assert.All(names, name => Assert.EndsWith(name.File, name.Long));
    }

    [Fact]
    public void A_name_may_be_any_bytes_and_255_of_them()
    {
        string[] names = [ByteText.From([0xFF, 0xFE, (byte)'a']), "new\nline", "\x1b[31m", "sp ace", new string('x', 255), "ä"];
        foreach (string name in names)
            Assert.Equal(SftpPacketType.Handle, _sftp.Open($"{_sftp.Directory.Path}/{name}", SftpOpenFlags.Write | SftpOpenFlags.Create).Type);
        Assert.Equal(names.Order(StringComparer.Ordinal), _sftp.List(_sftp.Directory.Path).Select(n => n.File).Where(n => n is not ("." or "..")).Order(StringComparer.Ordinal));
        Assert.Equal(SftpStatus.BadMessage, _sftp.Open(_sftp[new string('x', 256)], SftpOpenFlags.Write | SftpOpenFlags.Create).Status);
        // The framework cannot remove the first one.
        Assert.Equal(SftpStatus.Ok, _sftp.Send(SftpPacketType.Remove, $"{_sftp.Directory.Path}/{names[0]}").Status);
        Assert.All(_sftp.Log, line => Assert.DoesNotContain(line.TrimEnd('\n'), char.IsControl));
        Assert.Contains(_sftp.Log, line => line.Contains(@"new\u{a}line"));
    }

    [Fact]
    public void A_real_path_has_no_dots_and_links_and_may_lack_its_end()
    {
        Directory.CreateDirectory(_sftp["d"]);
        File.CreateSymbolicLink(_sftp["link"], "d");
        string root = _sftp.Directory.Path;
        Assert.Equal($"{root}/d", Real($"{root}/./link/../d/"));
        Assert.Equal($"{root}/d/new", Real($"{root}/link/new"));
        File.CreateSymbolicLink(_sftp["dangling"], "link/none");
        File.CreateSymbolicLink(_sftp["round"], "round");
        Assert.Equal($"{root}/d/none", Real($"{root}/dangling"));
        Assert.Equal(SftpStatus.NoSuchFile, _sftp.Send(SftpPacketType.RealPath, $"{root}/round").Status);
        Assert.Equal("/", Real("/../.."));
        Assert.Equal("/new", Real("/new"));
        Assert.Equal(Environment.CurrentDirectory, Real("."));
        Assert.Equal(Environment.CurrentDirectory, Real(""));
        Assert.Equal(SftpStatus.NoSuchFile, _sftp.Send(SftpPacketType.RealPath, $"{root}/none/new").Status);
    }

    [Fact]
    public void Homes_are_expanded()
    {
        string home = Accounts.System.FindOwn().Home;
        Assert.Equal(home, _sftp.Extended("expand-path@openssh.com", "~").Names.Single().File);
        Assert.Equal($"{home.TrimEnd('/')}/new", _sftp.Extended("expand-path@openssh.com", "~/new").Names.Single().File);
        Assert.Equal("/root", _sftp.Extended("expand-path@openssh.com", "~root/").Names.Single().File);
        Assert.Equal("/usr", _sftp.Extended("expand-path@openssh.com", "/usr/.").Names.Single().File);
        Assert.Equal(SftpStatus.NoSuchFile, _sftp.Extended("expand-path@openssh.com", "~nobody-of-this-name").Status);
        Assert.Equal(home, _sftp.Extended("home-directory", "").Names.Single().File);
        Assert.Equal(SftpStatus.NoSuchFile, _sftp.Extended("home-directory", "nobody-of-this-name").Status);
    }

    [Fact]
    public void Numbers_of_users_and_groups_have_names()
    {
        SftpReader reader = Ids([0, 4_000_000_001], [0]).Reader;
        SftpReader users = new(reader.ByteString(100, "users")), groups = new(reader.ByteString(100, "groups"));
        Assert.Equal("root", ByteText.From(users.ByteString(100, "name")));
        Assert.Equal(0, users.ByteString(100, "name").Length);
        Assert.True(users.IsEmpty);
        Assert.Equal("root", ByteText.From(groups.ByteString(100, "name")));
        Assert.Equal(SftpPacketType.ExtendedReply, Ids([.. Enumerable.Range(0, 60_000).Select(i => (uint)i)], []).Type);
        Assert.Equal(SftpStatus.Failure, Ids([.. Enumerable.Repeat(0u, 60_000)], []).Status); // longer than a packet
    }

    [Fact]
    public void A_file_system_is_described_by_name_and_by_handle()
    {
        SftpReader byName = _sftp.Extended("statvfs@openssh.com", _sftp.Directory.Path).Reader;
        SftpFileSystem system = SftpFileSystem.Read(ref byName);
        Assert.True(system.Blocks > 0 && system.FragmentSize > 0 && system.MaxName >= 255);
        Assert.Equal((ulong)new DriveInfo(_sftp.Directory.Path).TotalSize, system.Blocks * system.FragmentSize);
        byte[] handle = _sftp.Send(SftpPacketType.OpenDirectory, _sftp.Directory.Path).Handle;
        SftpReader byHandle = _sftp.Send(SftpPacketType.Extended, (ref SftpWriter w) =>
        {
            w.Text("fstatvfs@openssh.com");
            w.ByteString(handle);
        }).Reader;
        Assert.Equal(system.Id, SftpFileSystem.Read(ref byHandle).Id);
        SftpReader limits = _sftp.Extended("limits@openssh.com").Reader;
        Assert.Equal(new SftpServerLimits(SftpLimits.Packet, SftpLimits.Data, SftpLimits.Data, 1024), SftpServerLimits.ReadFrom(ref limits));
    }

    private string Real(string path) => _sftp.Send(SftpPacketType.RealPath, path).Names.Single().File;

    private SftpReply LinkSet(SftpAttributes attributes) => _sftp.Send(SftpPacketType.Extended, (ref SftpWriter w) =>
    {
        w.Text("lsetstat@openssh.com");
        w.Text(_sftp["link"]);
        w.Attributes(attributes);
    });

    private SftpReply Ids(uint[] users, uint[] groups) => _sftp.Send(SftpPacketType.Extended, (ref SftpWriter w) =>
    {
        w.Text("users-groups-by-id@openssh.com");
        foreach (uint[] ids in (uint[][])[users, groups])
        {
            w.U32((uint)(4 * ids.Length));
            foreach (uint id in ids)
                w.U32(id);
        }
    });
}
