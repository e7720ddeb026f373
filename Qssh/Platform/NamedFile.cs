using Qssh.Platform.Native;

namespace Qssh.Platform;

/// <summary>
/// System calls on a name below a directory descriptor, or below the working directory (<see cref="WorkingDirectory"/>). Names are bytes
/// that end with their only zero byte. Results are 0 or an error number.
/// </summary>
internal static unsafe class NamedFile
{
    public const int WorkingDirectory = Libc.AT_FDCWD;

    /// <summary>Values of <c>flags</c> below: the last link is followed, or meant itself; or the name is empty and the descriptor is meant.</summary>
    public const int Follow = 0, NoFollow = Libc.AT_SYMLINK_NOFOLLOW, Itself = Libc.AT_EMPTY_PATH;

    public static int Open(int directory, ReadOnlySpan<byte> name, int flags, uint mode, out OwnedFd? file)
    {
        fixed (byte* pointer = Checked(name))
        {
            int fd;
            do
                fd = Libc.OpenAt(directory, pointer, flags | Libc.O_CLOEXEC, mode);
            while (fd < 0 && Errno.Last == Errno.Interrupted);
            return Opened(fd, out file);
        }
    }

    /// <summary>Like <see cref="Open"/>, but nothing on the way, neither a link nor "..", may lead out of the directory (openat2(2)).</summary>
    public static int OpenBeneath(int directory, ReadOnlySpan<byte> name, int flags, uint mode, out OwnedFd? file)
    {
        const int Attempts = 32;
        Libc.OpenHow how = new()
        {
            Flags = (uint)(flags | Libc.O_CLOEXEC),
            Mode = (flags & Libc.O_CREAT) != 0 ? mode : 0,
            Resolve = Libc.RESOLVE_BENEATH | Libc.RESOLVE_NO_MAGICLINKS,
        };
        fixed (byte* pointer = Checked(name))
        {
            nint fd;
            int attempt = 0;
            // EAGAIN: something was renamed meanwhile and the kernel could not be sure about a "..".
            do
                fd = Libc.SystemCall(Libc.SYS_openat2, directory, (nint)pointer, (nint)(&how), sizeof(Libc.OpenHow));
            while (fd < 0 && (Errno.Last == Errno.Interrupted || (Errno.Last == Errno.Again && ++attempt < Attempts)));
            return Opened((int)fd, out file);
        }
    }

    public static int MakeDirectory(int directory, ReadOnlySpan<byte> name, uint mode)
    {
        fixed (byte* pointer = Checked(name))
            return Result(Libc.MakeDirectory(directory, pointer, mode));
    }

    public static int RemoveDirectory(int directory, ReadOnlySpan<byte> name)
    {
        fixed (byte* pointer = Checked(name))
            return Result(Libc.Unlink(directory, pointer, Libc.AT_REMOVEDIR));
    }

    /// <summary>A link itself is removed, never what it leads to.</summary>
    public static int Remove(int directory, ReadOnlySpan<byte> name)
    {
        fixed (byte* pointer = Checked(name))
            return Result(Libc.Unlink(directory, pointer, 0));
    }

    /// <summary>Without <paramref name="replace"/> the kernel itself refuses a name that is taken, where the file system can (else EINVAL).</summary>
    public static int Rename(int directory, ReadOnlySpan<byte> name, int newDirectory, ReadOnlySpan<byte> newName, bool replace)
    {
        fixed (byte* from = Checked(name), to = Checked(newName))
            return Result(Libc.Rename(directory, from, newDirectory, to, replace ? 0 : Libc.RENAME_NOREPLACE));
    }

    /// <summary>A second name of the file; of a link itself, if it is one.</summary>
    public static int Link(int directory, ReadOnlySpan<byte> name, int newDirectory, ReadOnlySpan<byte> newName)
    {
        fixed (byte* from = Checked(name), to = Checked(newName))
            return Result(Libc.Link(directory, from, newDirectory, to, 0));
    }

    public static int SymbolicLink(ReadOnlySpan<byte> target, int directory, ReadOnlySpan<byte> name)
    {
        fixed (byte* to = Checked(target), pointer = Checked(name))
            return Result(Libc.SymbolicLink(to, directory, pointer));
    }

    public static int ReadLink(int directory, ReadOnlySpan<byte> name, Span<byte> target, out int length)
    {
        fixed (byte* pointer = Checked(name), buffer = target)
        {
            nint count = Libc.ReadLink(directory, pointer, buffer, (nuint)target.Length);
            length = (int)Math.Max(count, 0);
            return Result((int)count);
        }
    }

    /// <summary>The path without links and dots (realpath(3)), without a zero byte; every part must exist.</summary>
    public static int RealPath(ReadOnlySpan<byte> name, Span<byte> path, out int length)
    {
        byte* resolved = stackalloc byte[Libc.PathCapacity];
        length = 0;
        fixed (byte* pointer = Checked(name))
        {
            if (Libc.RealPath(pointer, resolved) == null)
                return Errno.Last;
        }

        ReadOnlySpan<byte> found = new(resolved, Libc.PathCapacity);
        found = found[..found.IndexOf((byte)0)];
        if (!found.TryCopyTo(path))
            return Errno.NameTooLong;
        length = found.Length;
        return 0;
    }

    public static int EnterDirectory(ReadOnlySpan<byte> name)
    {
        fixed (byte* pointer = Checked(name))
            return Result(Libc.ChangeDirectory(pointer));
    }

    /// <summary>A name that ends early, or not at all, would be another one to the kernel.</summary>
    internal static ReadOnlySpan<byte> Checked(ReadOnlySpan<byte> name) =>
        name.IndexOf((byte)0) == name.Length - 1 && !name.IsEmpty ? name : throw new ArgumentException("a name for the system ends with its only zero byte", nameof(name));

    internal static int Result(int result) => result < 0 ? Errno.Last : 0;

    private static int Opened(int fd, out OwnedFd? file)
    {
        file = fd < 0 ? null : new OwnedFd(fd);
        return fd < 0 ? Errno.Last : 0;
    }
}
