using Qssh.Errors;
using Qssh.Sftp;
using Xunit;

namespace Qssh.Tests.Sftp;

/// <summary>Clients that do not keep to the protocol: an answer to everything that can be answered, and nothing changed by half a request.</summary>
public sealed class SftpHostileTests : IDisposable
{
    private readonly InMemorySftp _sftp = new();

    public void Dispose() => _sftp.Dispose();

    [Fact]
    public void Unknown_requests_are_answered_and_the_session_goes_on()
    {
        foreach (byte type in (byte[])[0, 2, 21, 22, 99, 101, 102, 103, 104, 105, 199, 201, 255])
            Assert.Equal(SftpStatus.Unsupported, _sftp.Send((SftpPacketType)type, (ref SftpWriter _) => { }).Status);
        Assert.Equal(SftpStatus.Unsupported, _sftp.Extended("no-such@example.com").Status);
        Assert.Equal(SftpStatus.Unsupported, _sftp.Extended("").Status);
        Assert.Equal(SftpStatus.BadMessage, _sftp.Extended(new string('x', 257)).Status);
        Assert.Equal(SftpPacketType.Name, _sftp.Send(SftpPacketType.RealPath, "/").Type);
    }

    [Fact]
    public void Every_cut_of_every_request_is_answered_and_changes_nothing()
    {
        byte[] file = _sftp.Open(_sftp["a"], SftpOpenFlags.Write | SftpOpenFlags.Create).Handle;
        byte[] fields = new byte[4096];
        string[] before = [.. Directory.EnumerateFileSystemEntries(_sftp.Directory.Path)];
        foreach ((SftpPacketType type, WriteFields write) in Requests(file))
        {
            SftpWriter writer = new(fields);
            write(ref writer);
            byte[] whole = writer.Written.ToArray();
            for (int length = 0; length < whole.Length; length++)
            {
                byte[] part = whole[..length];
                SftpReply reply = _sftp.Send(type, (ref SftpWriter w) => w.Bytes(part));
                Assert.True(reply.Type == SftpPacketType.Status && reply.Status is SftpStatus.BadMessage or SftpStatus.Unsupported, $"{type} of {length} bytes");
            }
        }

        Assert.Equal(before, Directory.EnumerateFileSystemEntries(_sftp.Directory.Path));
        Assert.Equal(0, new FileInfo(_sftp["a"]).Length);
    }

    [Theory]
    [InlineData(uint.MaxValue)]
    [InlineData(0x7FFFFFFFu)]
    [InlineData(0x80000000u)]
    [InlineData(100_000u)]
    public void Lengths_and_counts_beyond_the_packet_are_refused(uint count)
    {
        byte[] handle = _sftp.Open(_sftp["a"], SftpOpenFlags.Write | SftpOpenFlags.Create).Handle;
        Refuse(SftpPacketType.Open, (ref SftpWriter w) => w.U32(count));
        Refuse(SftpPacketType.Close, (ref SftpWriter w) => w.U32(count));
        Refuse(SftpPacketType.Extended, (ref SftpWriter w) => w.U32(count));
        Refuse(SftpPacketType.Write, (ref SftpWriter w) =>
        {
            w.ByteString(handle);
            w.U64(0);
            w.U32(count);
            w.U64(0);
        });
        Refuse(SftpPacketType.SetStatus, (ref SftpWriter w) =>
        {
            w.Text(_sftp["a"]);
            w.U32(0x80000000);
            w.U32(count);
            w.U64(0);
        });
        Refuse(SftpPacketType.Extended, (ref SftpWriter w) =>
        {
            w.Text("users-groups-by-id@openssh.com");
            w.U32(count);
            w.U64(0);
        });
    }

    [Fact]
    public void Names_with_NUL_and_names_without_end_are_refused()
    {
        Refuse(SftpPacketType.Remove, (ref SftpWriter w) => w.Text("a\0b"));
        Refuse(SftpPacketType.Remove, (ref SftpWriter w) => w.ByteString(new byte[SftpLimits.Path + 1]));
        // Longer than the system takes: its own refusal.
        Refuse(SftpPacketType.Remove, (ref SftpWriter w) => w.Text("/" + new string('x', 5000)));
    }

    [Fact]
    public void Bytes_behind_a_request_are_passed_over_as_deployed_servers_do() =>
        Assert.Equal(SftpPacketType.Name, _sftp.Send(SftpPacketType.RealPath, (ref SftpWriter w) =>
        {
            w.Text("/");
            w.U64(1);
        }).Type);

    [Fact]
    public void Nothing_is_answered_before_the_session_is_open()
    {
        using ClosedSftp closed = new();
        Assert.Throws<ProtocolException>(() => closed.Send(SftpPacketType.RealPath, "/"));
    }

    [Fact]
    public void What_a_client_left_open_is_closed_and_logged()
    {
        InMemorySftp sftp = new();
        byte[] handle = sftp.Open(sftp["a"], SftpOpenFlags.Write | SftpOpenFlags.Create).Handle;
        sftp.Write(handle, 0, new byte[77]);
        sftp.Dispose();
        Assert.Contains(sftp.Log, line => line.StartsWith("forced close", StringComparison.Ordinal) && line.Contains("written 77"));
    }

    [Fact]
    public void Read_only_refuses_every_change()
    {
        using InMemorySftp sftp = new(isReadOnly: true);
        File.WriteAllText(sftp["a"], "abc");
        string a = sftp["a"], b = sftp["b"];
        foreach (SftpOpenFlags flags in (SftpOpenFlags[])[SftpOpenFlags.Write, SftpOpenFlags.Read | SftpOpenFlags.Write, SftpOpenFlags.Read | SftpOpenFlags.Truncate, SftpOpenFlags.Read | SftpOpenFlags.Create, SftpOpenFlags.Truncate, SftpOpenFlags.Write | SftpOpenFlags.Append])
            Assert.Equal(SftpStatus.PermissionDenied, sftp.Open(a, flags).Status);
        byte[] handle = sftp.Open(a, SftpOpenFlags.Read).Handle;
        Assert.Equal("abc"u8.ToArray(), sftp.Read(handle, 0, 9).Data);
        SftpReply[] refused =
        [
            sftp.Write(handle, 0, [1]), sftp.Copy(handle, 0, 0, handle, 9), sftp.Set(a, default), sftp.Set(b, default, SftpPacketType.MakeDirectory),
            sftp.Send(SftpPacketType.Remove, a), sftp.Send(SftpPacketType.RemoveDirectory, sftp.Directory.Path), sftp.Send(SftpPacketType.Rename, a, b), sftp.Send(SftpPacketType.SymbolicLink, a, b),
            sftp.Extended("posix-rename@openssh.com", a, b), sftp.Extended("hardlink@openssh.com", a, b), sftp.Extended("lsetstat@openssh.com", a), sftp.Extended("fsync@openssh.com", a),
            sftp.Send(SftpPacketType.HandleSetStatus, (ref SftpWriter w) => w.ByteString(handle)),
        ];
        Assert.All(refused, reply => Assert.Equal(SftpStatus.PermissionDenied, reply.Status));
        Assert.Equal([a], Directory.EnumerateFileSystemEntries(sftp.Directory.Path));
        // What cannot be done is not announced either.
        Assert.DoesNotContain("posix-rename", System.Text.Encoding.Latin1.GetString(sftp.Version.Fields));
    }

    [Fact]
    public void Requests_are_denied_and_allowed_by_name()
    {
        using InMemorySftp without = new(denied: "readdir,limits");
        byte[] handle = without.Send(SftpPacketType.OpenDirectory, without.Directory.Path).Handle;
        Assert.Equal(SftpStatus.PermissionDenied, without.Send(SftpPacketType.ReadDirectory, (ref SftpWriter w) => w.ByteString(handle)).Status);
        Assert.Equal(SftpStatus.PermissionDenied, without.Extended("limits@openssh.com").Status);
        using InMemorySftp only = new(allowed: "realpath,stat", denied: "stat");
        Assert.Equal(SftpPacketType.Name, only.Send(SftpPacketType.RealPath, "/").Type);
        Assert.Equal(SftpStatus.PermissionDenied, only.Send(SftpPacketType.PathStatus, "/").Status);
        Assert.Equal(SftpStatus.PermissionDenied, only.Open("/etc/passwd", SftpOpenFlags.Read).Status);
        Assert.Throws<FailureException>(() => new InMemorySftp(denied: "remvoe"));
    }

    private void Refuse(SftpPacketType type, WriteFields fields) => Assert.Equal(SftpStatus.BadMessage, _sftp.Send(type, fields).Status);

    private (SftpPacketType Type, WriteFields Fields)[] Requests(byte[] handle) =>
    [
        (SftpPacketType.Open, (ref SftpWriter w) =>
        {
            w.Text(_sftp["new"]);
            w.U32((uint)(SftpOpenFlags.Write | SftpOpenFlags.Create));
            w.Attributes(new SftpAttributes { Flags = SftpAttributeFlags.Permissions | SftpAttributeFlags.Times });
        }),
        (SftpPacketType.Write, (ref SftpWriter w) =>
        {
            w.ByteString(handle);
            w.U64(0);
            w.ByteString("data"u8);
        }),
        (SftpPacketType.MakeDirectory, (ref SftpWriter w) =>
        {
            w.Text(_sftp["new"]);
            w.Attributes(default);
        }),
        (SftpPacketType.Remove, (ref SftpWriter w) => w.Text(_sftp["a"])),
        (SftpPacketType.Rename, TwoNames),
        (SftpPacketType.SymbolicLink, TwoNames),
        (SftpPacketType.Extended, (ref SftpWriter w) =>
        {
            w.Text("hardlink@openssh.com");
            TwoNames(ref w);
        }),
    ];

    private void TwoNames(ref SftpWriter writer)
    {
        writer.Text(_sftp["a"]);
        writer.Text(_sftp["b"]);
    }
}
