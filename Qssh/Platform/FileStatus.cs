using Qssh.Platform.Native;

namespace Qssh.Platform;

internal enum FileKind
{
    Other = 0,
    Fifo = 0x1000,
    CharacterDevice = 0x2000,
    Directory = 0x4000,
    BlockDevice = 0x6000,
    Regular = 0x8000,
    Link = 0xA000,
    Socket = 0xC000,
}

/// <summary>Owner, mode and kind of a file, as checks of key files and sockets need them.</summary>
internal readonly unsafe struct FileStatus
{
    private FileStatus(in Libc.FileStatusBuffer status)
    {
        Kind = (FileKind)(status.Mode & 0xF000);
        Mode = (uint)status.Mode & 0xFFF;
        Uid = status.Uid;
        Gid = status.Gid;
        Size = (long)status.Size;
        HasHoles = status.Blocks * 512 < status.Size;
        Links = status.Links;
        Identity = (((ulong)status.DeviceMajor << 32) | status.DeviceMinor, status.Inode);
        Device = (status.DeviceKindMajor, status.DeviceKindMinor);
        Accessed = status.Accessed;
        Modified = status.Modified;
    }

    public FileKind Kind { get; }

    /// <summary>Permission bits with setuid, setgid and sticky: 07777.</summary>
    public uint Mode { get; }

    public uint Uid { get; }

    public uint Gid { get; }

    public long Size { get; }

    /// <summary>It takes less room than its size.</summary>
    public bool HasHoles { get; }

    public uint Links { get; }

    /// <summary>Device and inode: equal means the same file.</summary>
    public (ulong Device, ulong Inode) Identity { get; }

    /// <summary>Major and minor number of a device file.</summary>
    public (uint Major, uint Minor) Device { get; }

    /// <summary>Seconds since 1970.</summary>
    public long Accessed { get; }

    /// <summary>Seconds since 1970.</summary>
    public long Modified { get; }

    /// <returns>0, or the error number.</returns>
    public static int OfDescriptor(int fd, out FileStatus status)
    {
        byte empty = 0;
        return Ask(fd, &empty, Libc.AT_EMPTY_PATH, out status);
    }

    /// <returns>0, or the error number.</returns>
    public static int OfPath(string path, bool followLinks, out FileStatus status)
    {
        fixed (byte* name = NativeText.Of(path))
            return Ask(Libc.AT_FDCWD, name, followLinks ? 0 : Libc.AT_SYMLINK_NOFOLLOW, out status);
    }

    /// <summary>Names and flags as in <see cref="NamedFile"/>.</summary>
    /// <returns>0, or the error number.</returns>
    public static int OfName(int directory, ReadOnlySpan<byte> name, int flags, out FileStatus status)
    {
        fixed (byte* pointer = NamedFile.Checked(name))
            return Ask(directory, pointer, flags, out status);
    }

    private static int Ask(int directory, byte* path, int flags, out FileStatus status)
    {
        Libc.FileStatusBuffer buffer;
        if (Libc.Status(directory, path, flags, Libc.STATX_BASIC_STATS, &buffer) != 0)
        {
            status = default;
            return Errno.Last;
        }
        status = new FileStatus(in buffer);
        return 0;
    }
}
