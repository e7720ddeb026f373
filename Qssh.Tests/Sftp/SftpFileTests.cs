using System.Runtime.Versioning;
using Qssh.Sftp;
using Xunit;

namespace Qssh.Tests.Sftp;

/// <summary>Open files: reading, writing, handles, copying on the server.</summary>
public sealed class SftpFileTests : IDisposable
{
    private const SftpOpenFlags Create = SftpOpenFlags.Read | SftpOpenFlags.Write | SftpOpenFlags.Create;

    private readonly InMemorySftp _sftp = new();

    public void Dispose() => _sftp.Dispose();

    [Fact]
    public void A_file_is_written_read_and_ends()
    {
        byte[] handle = _sftp.Open(_sftp["a"], Create).Handle;
        Assert.Equal(SftpStatus.Ok, _sftp.Write(handle, 0, [1, 2, 3, 4]).Status);
        Assert.Equal(SftpStatus.Ok, _sftp.Write(handle, 4, [5]).Status);
        Assert.Equal([1, 2, 3, 4, 5], _sftp.Read(handle, 0, 100).Data);
        Assert.Equal([4, 5], _sftp.Read(handle, 3, 100).Data);
        Assert.Equal(SftpStatus.EndOfFile, _sftp.Read(handle, 5, 1).Status);
        Assert.Empty(_sftp.Read(handle, 5, 0).Data);
        Assert.Equal(SftpStatus.BadMessage, _sftp.Read(handle, ulong.MaxValue, 1).Status);
        Assert.Equal(SftpStatus.Ok, _sftp.Close(handle).Status);
    }

    [Fact]
    public void A_read_brings_256_KiB_at_most()
    {
        File.WriteAllBytes(_sftp["big"], new byte[600_000]);
        byte[] handle = _sftp.Open(_sftp["big"], SftpOpenFlags.Read).Handle;
        Assert.Equal(SftpLimits.Data, _sftp.Read(handle, 0, uint.MaxValue).Data.Length);
        Assert.Equal(600_000 - 2 * SftpLimits.Data, _sftp.Read(handle, 2 * SftpLimits.Data, SftpLimits.Data).Data.Length);
    }

    [Fact]
    public void Offsets_have_64_bits()
    {
        byte[] handle = _sftp.Open(_sftp["sparse"], Create).Handle;
        Assert.Equal(SftpStatus.Ok, _sftp.Write(handle, 5UL << 30, [7]).Status);
        Assert.Equal((5UL << 30) + 1, _sftp.Send(SftpPacketType.PathStatus, _sftp["sparse"]).Attributes.Size);
        Assert.Equal([7], _sftp.Read(handle, 5UL << 30, 10).Data);
    }

    [Fact]
    public void A_file_that_shrinks_ends_earlier()
    {
        File.WriteAllBytes(_sftp["a"], new byte[1000]);
        byte[] handle = _sftp.Open(_sftp["a"], SftpOpenFlags.Read).Handle;
        Assert.Equal(500, _sftp.Read(handle, 0, 500).Data.Length);
        File.WriteAllBytes(_sftp["a"], new byte[600]);
        Assert.Equal(100, _sftp.Read(handle, 500, 500).Data.Length);
        Assert.Equal(SftpStatus.EndOfFile, _sftp.Read(handle, 600, 500).Status);
    }

    [Fact]
    public void Appending_ignores_offsets()
    {
        File.WriteAllText(_sftp["a"], "abc");
        byte[] handle = _sftp.Open(_sftp["a"], SftpOpenFlags.Write | SftpOpenFlags.Append).Handle;
        Assert.Equal(SftpStatus.Ok, _sftp.Write(handle, 0, "d"u8.ToArray()).Status);
        Assert.Equal("abcd", File.ReadAllText(_sftp["a"]));
    }

    [Fact]
    public void Exclusive_and_truncating_opens_do_as_they_say()
    {
        File.WriteAllText(_sftp["a"], "abc");
        Assert.Equal(SftpStatus.Failure, _sftp.Open(_sftp["a"], Create | SftpOpenFlags.Exclusive).Status);
        Assert.Equal("abc", File.ReadAllText(_sftp["a"]));
        Assert.Equal(SftpPacketType.Handle, _sftp.Open(_sftp["a"], Create | SftpOpenFlags.Truncate).Type);
        Assert.Equal(0, new FileInfo(_sftp["a"]).Length);
        Assert.Equal(SftpStatus.NoSuchFile, _sftp.Open(_sftp["none"], SftpOpenFlags.Read).Status);
        Assert.Equal(SftpStatus.NoSuchFile, _sftp.Open(_sftp["a"] + "/b", SftpOpenFlags.Read).Status);
        Assert.Equal(SftpStatus.NoSuchFile, _sftp.Open("", SftpOpenFlags.Read).Status);
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public void Bits_that_change_the_user_come_by_setstat_only()
    {
        _sftp.Open(_sftp["a"], Create, 0xFFF);
        Assert.Equal(0u, (uint)File.GetUnixFileMode(_sftp["a"]) & 0xE00);
        _sftp.Set(_sftp["d"], new SftpAttributes { Flags = SftpAttributeFlags.Permissions, Permissions = 0xFFF }, SftpPacketType.MakeDirectory);
        Assert.Equal(0u, (uint)File.GetUnixFileMode(_sftp["d"]) & 0xE00);
        Assert.Equal(SftpStatus.Ok, _sftp.Set(_sftp["a"], new SftpAttributes { Flags = SftpAttributeFlags.Permissions, Permissions = 0x89ED }).Status);
        Assert.Equal(0x9EDu, (uint)File.GetUnixFileMode(_sftp["a"]));
    }

    [Fact]
    public void A_closed_handle_is_nobodys()
    {
        byte[] first = _sftp.Open(_sftp["a"], Create).Handle;
        Assert.Equal(SftpStatus.Ok, _sftp.Close(first).Status);
        byte[] second = _sftp.Open(_sftp["b"], Create).Handle;
        Assert.NotEqual(first, second);
        Assert.Equal(first[..4], second[..4]); // the slot is the same
        Assert.Equal(SftpStatus.Failure, _sftp.Close(first).Status);
        Assert.Equal(SftpStatus.Failure, _sftp.Write(first, 0, [1]).Status);
        Assert.Equal(SftpStatus.Failure, _sftp.Read(first, 0, 1).Status);
        Assert.Equal(SftpStatus.Ok, _sftp.Write(second, 0, [1]).Status);
    }

    [Fact]
    public void Handles_that_were_never_given_are_refused()
    {
        byte[] handle = _sftp.Open(_sftp["a"], Create).Handle;
        foreach (byte[] wrong in (byte[][])[[], [0], [0, 0, 0, 0], handle[..^1], [.. handle, 0], [255, 255, 255, 255, .. handle[4..]], [.. handle[..4], .. new byte[8]]])
        {
            Assert.Equal(SftpStatus.Failure, _sftp.Read(wrong, 0, 1).Status);
            Assert.Equal(SftpStatus.Failure, _sftp.Close(wrong).Status);
        }

        Assert.Equal(SftpStatus.BadMessage, _sftp.Close(new byte[257]).Status);
    }

    [Fact]
    public void Handles_have_a_limit_and_nothing_is_made_beyond_it()
    {
        List<byte[]> handles = [];
        for (int i = 0; i < 1024; i++)
            handles.Add(_sftp.Open(_sftp["a"], Create).Handle);
        SftpReply refused = _sftp.Open(_sftp["new"], Create);
        Assert.Equal(SftpStatus.Failure, refused.Status);
        Assert.Contains("too many", refused.StatusText);
        Assert.False(File.Exists(_sftp["new"]));
        Assert.Equal(SftpStatus.Ok, _sftp.Close(handles[500]).Status);
        Assert.Equal(SftpPacketType.Handle, _sftp.Open(_sftp["new"], Create).Type);
    }

    [Fact]
    public void A_handle_of_a_directory_is_none_of_a_file()
    {
        byte[] handle = _sftp.Send(SftpPacketType.OpenDirectory, _sftp.Directory.Path).Handle;
        Assert.Equal(SftpStatus.Failure, _sftp.Read(handle, 0, 1).Status);
        Assert.Equal(SftpStatus.Failure, _sftp.Write(handle, 0, [1]).Status);
        byte[] file = _sftp.Open(_sftp["a"], Create).Handle;
        Assert.Equal(SftpStatus.Failure, _sftp.Send(SftpPacketType.ReadDirectory, (ref SftpWriter w) => w.ByteString(file)).Status);
        Assert.Equal(SftpStatus.NoSuchFile, _sftp.Send(SftpPacketType.OpenDirectory, _sftp["a"]).Status);
    }

    [Fact]
    public void A_full_disk_is_said_in_words()
    {
        byte[] handle = _sftp.Open("/dev/full", SftpOpenFlags.Write).Handle;
        SftpReply reply = _sftp.Write(handle, 0, [1]);
        Assert.Equal(SftpStatus.Failure, reply.Status);
        Assert.Equal("no space left on device", reply.StatusText, ignoreCase: true);
    }

    [Fact]
    public void Pipes_and_endless_files_do_not_hold_the_session()
    {
        Assert.Equal(0, Support.ProgramRun.Of("mkfifo", [_sftp["pipe"]]).ExitCode);
        byte[] pipe = _sftp.Open(_sftp["pipe"], SftpOpenFlags.Read).Handle;
        Assert.Equal(SftpStatus.Failure, _sftp.Read(pipe, 0, 1).Status);
        Assert.Equal(SftpStatus.Ok, _sftp.Close(pipe).Status);
        Assert.Equal(SftpStatus.Failure, _sftp.Open(_sftp["pipe"], SftpOpenFlags.Write).Status);
        byte[] zero = _sftp.Open("/dev/zero", SftpOpenFlags.Read).Handle, target = _sftp.Open(_sftp["a"], Create).Handle;
        Assert.Equal(SftpStatus.Failure, _sftp.Copy(zero, 0, 0, target, 0).Status);
    }

    [Fact]
    public void Data_is_copied_on_the_server()
    {
        byte[] content = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i * 7))];
        File.WriteAllBytes(_sftp["a"], content);
        byte[] source = _sftp.Open(_sftp["a"], SftpOpenFlags.Read).Handle, target = _sftp.Open(_sftp["b"], Create).Handle;
        Assert.Equal(SftpStatus.Ok, _sftp.Copy(source, 0, 0, target, 0).Status);
        Assert.Equal(content, File.ReadAllBytes(_sftp["b"]));
        Assert.Equal(SftpStatus.Ok, _sftp.Copy(source, 10, 5, target, 300_000).Status);
        Assert.Equal(content[10..15], File.ReadAllBytes(_sftp["b"])[300_000..]);
        Assert.Equal(SftpStatus.EndOfFile, _sftp.Copy(source, 299_999, 5, target, 0).Status);

        byte[] appending = _sftp.Open(_sftp["c"], SftpOpenFlags.Write | SftpOpenFlags.Append | SftpOpenFlags.Create).Handle;
        Assert.Equal(SftpStatus.Ok, _sftp.Copy(source, 0, 200_000, appending, 0).Status);
        Assert.Equal(content[..200_000], File.ReadAllBytes(_sftp["c"]));
    }

    [Fact]
    public void A_copy_into_itself_is_refused_where_it_overlaps()
    {
        File.WriteAllBytes(_sftp["a"], new byte[1000]);
        byte[] read = _sftp.Open(_sftp["a"], SftpOpenFlags.Read).Handle, write = _sftp.Open(_sftp["a"], SftpOpenFlags.Write).Handle;
        byte[] both = _sftp.Open(_sftp["a"], SftpOpenFlags.Read | SftpOpenFlags.Write).Handle;
        Assert.Equal(SftpStatus.Failure, _sftp.Copy(both, 0, 10, both, 500).Status);
        Assert.Equal(SftpStatus.Failure, _sftp.Copy(read, 0, 0, write, 999).Status);
        Assert.Equal(SftpStatus.Failure, _sftp.Copy(read, 0, 100, write, 99).Status);
        Assert.Equal(SftpStatus.Failure, _sftp.Copy(read, 0, ulong.MaxValue, write, 1).Status);
        Assert.Equal(SftpStatus.Failure, _sftp.Copy(read, ulong.MaxValue, 1, write, ulong.MaxValue).Status);
        Assert.Equal(1000, new FileInfo(_sftp["a"]).Length);
        Assert.Equal(SftpStatus.Ok, _sftp.Copy(read, 0, 100, write, 100).Status);
        Assert.Equal(SftpStatus.Ok, _sftp.Copy(read, 0, 0, write, 1000).Status);
        Assert.Equal(2000, new FileInfo(_sftp["a"]).Length);
    }
}
