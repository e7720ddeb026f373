using Qssh.Platform.Native;

namespace Qssh.Platform;

/// <summary>Where a file has data and where holes (lseek(2), SEEK_DATA).</summary>
internal static class FileHoles
{
    private const int SeekData = 3;

    /// <summary>The next byte from <paramref name="offset"/> on that is not in a hole; <paramref name="size"/> if there is none.</summary>
    public static long NextData(int fd, long offset, long size)
    {
        long found = Libc.Seek(fd, offset, SeekData);
        // ENXIO: only a hole is left. A file system that cannot tell has data everywhere.
        return found >= 0 ? Math.Min(found, size) : Errno.Last == Errno.NoDevice ? size : offset;
    }
}
