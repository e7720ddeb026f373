namespace Qssh.Sftp.Server;

/// <summary>A read of file content that is large enough to be moved inside of the kernel.</summary>
internal readonly struct BulkRead(uint id, OpenHandle file, long offset, int length)
{
    public uint Id => id;

    public OpenHandle File => file;

    public long Offset => offset;

    public int Length => length;
}
