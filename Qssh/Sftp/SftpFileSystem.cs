namespace Qssh.Sftp;

/// <summary>Reply to statvfs@openssh.com and fstatvfs@openssh.com: eleven numbers, named as in statvfs(3).</summary>
internal readonly record struct SftpFileSystem
{
    private const ulong ReadOnlyFlag = 1; // SSH_FXE_STATVFS_ST_RDONLY
    private const ulong NoSetUidFlag = 2; // SSH_FXE_STATVFS_ST_NOSUID

    public ulong BlockSize { get; init; }

    /// <summary>The unit of the counts of blocks.</summary>
    public ulong FragmentSize { get; init; }

    public ulong Blocks { get; init; }

    public ulong FreeBlocks { get; init; }

    public ulong AvailableBlocks { get; init; }

    public ulong Files { get; init; }

    public ulong FreeFiles { get; init; }

    public ulong AvailableFiles { get; init; }

    public ulong Id { get; init; }

    public bool IsReadOnly { get; init; }

    public bool IgnoresSetUid { get; init; }

    public ulong MaxName { get; init; }

    public static SftpFileSystem Read(ref SftpReader reader)
    {
        SftpFileSystem system = new()
        {
            BlockSize = reader.U64("f_bsize"),
            FragmentSize = reader.U64("f_frsize"),
            Blocks = reader.U64("f_blocks"),
            FreeBlocks = reader.U64("f_bfree"),
            AvailableBlocks = reader.U64("f_bavail"),
            Files = reader.U64("f_files"),
            FreeFiles = reader.U64("f_ffree"),
            AvailableFiles = reader.U64("f_favail"),
            Id = reader.U64("f_fsid"),
        };
        ulong flags = reader.U64("f_flag");
        return system with
        {
            IsReadOnly = (flags & ReadOnlyFlag) != 0,
            IgnoresSetUid = (flags & NoSetUidFlag) != 0,
            MaxName = reader.U64("f_namemax"),
        };
    }

    public void Write(ref SftpWriter writer)
    {
        foreach (ulong value in (ReadOnlySpan<ulong>)[BlockSize, FragmentSize, Blocks, FreeBlocks, AvailableBlocks, Files, FreeFiles, AvailableFiles, Id])
            writer.U64(value);
        writer.U64((IsReadOnly ? ReadOnlyFlag : 0) | (IgnoresSetUid ? NoSetUidFlag : 0));
        writer.U64(MaxName);
    }
}
