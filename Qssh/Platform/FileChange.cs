using Qssh.Platform.Native;

namespace Qssh.Platform;

/// <summary>
/// Changes what the system keeps about a file: mode, owner, times, size. Names and flags as in <see cref="NamedFile"/>. Results are 0 or an
/// error number.
/// </summary>
internal static unsafe class FileChange
{
    private const string OwnDescriptors = "/proc/self/fd/";

    public static int Mode(int directory, ReadOnlySpan<byte> name, uint mode, int flags)
    {
        if (flags == NamedFile.Itself)
            return ModeOfPlace(directory, mode);
        fixed (byte* pointer = NamedFile.Checked(name))
            return NamedFile.Result(Libc.ChangeMode(directory, pointer, mode, flags));
    }

    public static int Mode(int fd, uint mode) => NamedFile.Result(Libc.ChangeMode(fd, mode));

    public static int Owner(int directory, ReadOnlySpan<byte> name, uint uid, uint gid, int flags)
    {
        fixed (byte* pointer = NamedFile.Checked(name))
            return NamedFile.Result(Libc.ChangeOwner(directory, pointer, uid, gid, flags));
    }

    public static int Owner(int fd, uint uid, uint gid) => NamedFile.Result(Libc.ChangeOwner(fd, uid, gid));

    /// <summary>Seconds since 1970.</summary>
    public static int Times(int directory, ReadOnlySpan<byte> name, long accessed, long modified, int flags)
    {
        Libc.TimeValue* times = stackalloc Libc.TimeValue[2];
        times[0] = new Libc.TimeValue { Seconds = accessed };
        times[1] = new Libc.TimeValue { Seconds = modified };
        fixed (byte* pointer = NamedFile.Checked(name))
            return NamedFile.Result(Libc.ChangeTimes(directory, pointer, times, flags));
    }

    public static int Times(int fd, long accessed, long modified)
    {
        Libc.TimeValue* times = stackalloc Libc.TimeValue[2];
        times[0] = new Libc.TimeValue { Seconds = accessed };
        times[1] = new Libc.TimeValue { Seconds = modified };
        return NamedFile.Result(Libc.ChangeTimes(fd, times));
    }

    public static int Size(ReadOnlySpan<byte> name, long size)
    {
        fixed (byte* pointer = NamedFile.Checked(name))
            return NamedFile.Result(Libc.Truncate(pointer, size));
    }

    public static int Size(int fd, long size) => NamedFile.Result(Libc.Truncate(fd, size));

    /// <summary>
    /// Of a descriptor that only holds the place (O_PATH). Kernels before 6.6 have no call for that and are asked through /proc, which gives
    /// the same answer, EOPNOTSUPP, for a link.
    /// </summary>
    private static int ModeOfPlace(int fd, uint mode)
    {
        byte empty = 0;
        if (Libc.SystemCall(Libc.SYS_fchmodat2, fd, (nint)(&empty), (nint)mode, Libc.AT_EMPTY_PATH) == 0)
            return 0;
        if (Errno.Last != Errno.NotImplemented)
            return Errno.Last;
        fixed (byte* path = NativeText.Of(OwnDescriptors + fd.ToString()))
            return NamedFile.Result(Libc.ChangeMode(path, mode));
    }
}
