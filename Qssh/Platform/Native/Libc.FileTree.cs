using System.Runtime.InteropServices;

namespace Qssh.Platform.Native;

/// <summary>Calls on names relative to a directory, and on what they lead to.</summary>
internal static unsafe partial class Libc
{
    public const int O_TRUNC = 0x200;
    public const int O_DIRECTORY = 0x10000;
    public const int O_NOFOLLOW = 0x20000;
    public const int O_PATH = 0x200000;
    public const int AT_REMOVEDIR = 0x200;
    public const ulong RESOLVE_NO_MAGICLINKS = 2;
    public const ulong RESOLVE_BENEATH = 8;
    public const int PR_SET_DUMPABLE = 4;

    // The same numbers on every architecture: younger than the unified table.
    public const nint SYS_openat2 = 437;
    public const nint SYS_fchmodat2 = 452;

    [StructLayout(LayoutKind.Sequential)]
    public struct OpenHow
    {
        public ulong Flags;
        public ulong Mode;
        public ulong Resolve;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct TimeValue
    {
        public long Seconds;
        public long Nanoseconds;
    }

    /// <summary>struct statvfs of 64-bit glibc.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 112)]
    public struct FileSystemBuffer
    {
        [FieldOffset(0)] public ulong BlockSize;
        [FieldOffset(8)] public ulong FragmentSize;
        [FieldOffset(16)] public ulong Blocks;
        [FieldOffset(24)] public ulong FreeBlocks;
        [FieldOffset(32)] public ulong AvailableBlocks;
        [FieldOffset(40)] public ulong Files;
        [FieldOffset(48)] public ulong FreeFiles;
        [FieldOffset(56)] public ulong AvailableFiles;
        [FieldOffset(64)] public ulong Id;
        [FieldOffset(72)] public ulong Flags;
        [FieldOffset(80)] public ulong MaxName;
    }

    /// <summary>struct tm.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 56)]
    public struct BrokenDownTime
    {
        [FieldOffset(4)] public int Minute;
        [FieldOffset(8)] public int Hour;
        [FieldOffset(12)] public int Day;
        [FieldOffset(16)] public int Month;
        [FieldOffset(20)] public int YearsSince1900;
    }

    [LibraryImport(Library, EntryPoint = "openat", SetLastError = true)]
    public static partial int OpenAt(int directory, byte* path, int flags, uint mode);

    [LibraryImport(Library, EntryPoint = "mkdirat", SetLastError = true)]
    public static partial int MakeDirectory(int directory, byte* path, uint mode);

    [LibraryImport(Library, EntryPoint = "unlinkat", SetLastError = true)]
    public static partial int Unlink(int directory, byte* path, int flags);

    [LibraryImport(Library, EntryPoint = "linkat", SetLastError = true)]
    public static partial int Link(int directory, byte* path, int newDirectory, byte* newPath, int flags);

    [LibraryImport(Library, EntryPoint = "symlinkat", SetLastError = true)]
    public static partial int SymbolicLink(byte* target, int directory, byte* path);

    [LibraryImport(Library, EntryPoint = "readlinkat", SetLastError = true)]
    public static partial nint ReadLink(int directory, byte* path, byte* buffer, nuint length);

    [LibraryImport(Library, EntryPoint = "fchmodat", SetLastError = true)]
    public static partial int ChangeMode(int directory, byte* path, uint mode, int flags);

    [LibraryImport(Library, EntryPoint = "fchownat", SetLastError = true)]
    public static partial int ChangeOwner(int directory, byte* path, uint uid, uint gid, int flags);

    [LibraryImport(Library, EntryPoint = "utimensat", SetLastError = true)]
    public static partial int ChangeTimes(int directory, byte* path, TimeValue* times, int flags);

    [LibraryImport(Library, EntryPoint = "futimens", SetLastError = true)]
    public static partial int ChangeTimes(int descriptor, TimeValue* times);

    [LibraryImport(Library, EntryPoint = "truncate", SetLastError = true)]
    public static partial int Truncate(byte* path, long length);

    [LibraryImport(Library, EntryPoint = "fstatvfs", SetLastError = true)]
    public static partial int FileSystem(int descriptor, FileSystemBuffer* status);

    [LibraryImport(Library, EntryPoint = "pread", SetLastError = true)]
    public static partial nint ReadAt(int descriptor, byte* buffer, nuint length, long offset);

    [LibraryImport(Library, EntryPoint = "pwrite", SetLastError = true)]
    public static partial nint WriteAt(int descriptor, byte* buffer, nuint length, long offset);

    [LibraryImport(Library, EntryPoint = "copy_file_range", SetLastError = true)]
    public static partial nint CopyRange(int source, long* sourceOffset, int target, long* targetOffset, nuint length, uint flags);

    [LibraryImport(Library, EntryPoint = "getdents64", SetLastError = true)]
    public static partial nint DirectoryEntries(int descriptor, byte* buffer, nuint length);

    [LibraryImport(Library, EntryPoint = "localtime_r")]
    public static partial BrokenDownTime* LocalTime(long* seconds, BrokenDownTime* result);

    [LibraryImport(Library, EntryPoint = "prctl", SetLastError = true)]
    public static partial int ProcessControl(int option, nuint value, nuint a, nuint b, nuint c);
}
