using Qssh.Platform.Native;

namespace Qssh.Platform;

/// <summary>Size and free space of a file system, as statvfs(3) names them.</summary>
internal readonly unsafe record struct FileSystemStatus
{
    private const ulong ReadOnlyFlag = 1, NoSetUidFlag = 2; // ST_RDONLY, ST_NOSUID

    public ulong BlockSize { get; private init; }

    public ulong FragmentSize { get; private init; }

    public ulong Blocks { get; private init; }

    public ulong FreeBlocks { get; private init; }

    public ulong AvailableBlocks { get; private init; }

    public ulong Files { get; private init; }

    public ulong FreeFiles { get; private init; }

    public ulong AvailableFiles { get; private init; }

    public ulong Id { get; private init; }

    public ulong MaxName { get; private init; }

    public bool IsReadOnly { get; private init; }

    public bool IgnoresSetUid { get; private init; }

    /// <param name="fd">Any file in it; one that only holds the place (O_PATH) will do.</param>
    /// <returns>0, or the error number.</returns>
    public static int OfDescriptor(int fd, out FileSystemStatus status)
    {
        Libc.FileSystemBuffer buffer;
        status = default;
        if (Libc.FileSystem(fd, &buffer) != 0)
            return Errno.Last;
        status = new FileSystemStatus
        {
            BlockSize = buffer.BlockSize,
            FragmentSize = buffer.FragmentSize,
            Blocks = buffer.Blocks,
            FreeBlocks = buffer.FreeBlocks,
            AvailableBlocks = buffer.AvailableBlocks,
            Files = buffer.Files,
            FreeFiles = buffer.FreeFiles,
            AvailableFiles = buffer.AvailableFiles,
            Id = buffer.Id,
            MaxName = buffer.MaxName,
            IsReadOnly = (buffer.Flags & ReadOnlyFlag) != 0,
            IgnoresSetUid = (buffer.Flags & NoSetUidFlag) != 0,
        };
        return 0;
    }
}
