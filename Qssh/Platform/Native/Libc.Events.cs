using System.Runtime.InteropServices;

namespace Qssh.Platform.Native;

/// <summary>The C library, as it is: every native function of the product is declared in the files of this class.</summary>
internal static unsafe partial class Libc
{
    private const string Library = "libc";

    public const int EPOLL_CLOEXEC = 0x80000;
    public const int EPOLL_CTL_ADD = 1;
    public const int EPOLL_CTL_DEL = 2;
    public const int EPOLL_CTL_MOD = 3;
    public const uint EPOLLIN = 0x001;
    public const uint EPOLLPRI = 0x002;
    public const uint EPOLLOUT = 0x004;
    public const uint EPOLLERR = 0x008;
    public const uint EPOLLHUP = 0x010;
    public const uint EPOLLRDHUP = 0x2000;
    public const int EFD_CLOEXEC = 0x80000;
    public const int EFD_NONBLOCK = 0x800;

    [LibraryImport(Library, EntryPoint = "epoll_create1", SetLastError = true)]
    public static partial int EpollCreate(int flags);

    [LibraryImport(Library, EntryPoint = "epoll_ctl", SetLastError = true)]
    public static partial int EpollControl(int epoll, int operation, int descriptor, byte* change);

    [LibraryImport(Library, EntryPoint = "epoll_wait", SetLastError = true)]
    public static partial int EpollWait(int epoll, byte* events, int capacity, int milliseconds);

    /// <summary>epoll_pwait2, since Linux 5.11. By number: not every C library that we are built against has its name.</summary>
    public const int SYS_epoll_pwait2 = 441;

    [LibraryImport(Library, EntryPoint = "syscall", SetLastError = true)]
    public static partial nint EpollWaitPrecisely(nint number, nint epoll, byte* events, nint capacity, TimeSpec* time, nint signals, nint signalsSize);

    [LibraryImport(Library, EntryPoint = "eventfd", SetLastError = true)]
    public static partial int EventFd(uint initial, int flags);

    /// <summary>struct __kernel_timespec: 64 bits each on every machine.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
