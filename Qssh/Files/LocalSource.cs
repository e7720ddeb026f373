using Qssh.Platform;
using Qssh.Sftp.Client;

namespace Qssh.Files;

/// <summary>A local file that is sent.</summary>
internal sealed class LocalSource(int fd, bool hasHoles, long size) : IDataSource
{
    /// <summary>Why it failed: an error number, or 0.</summary>
    public int Error { get; private set; }

    public bool Read(long offset, Span<byte> buffer, out int count)
    {
        count = 0;
        while (count < buffer.Length)
        {
            IoResult result = FileData.Read(fd, buffer[count..], offset + count);
            if (!result.IsOk)
            {
                Error = result.Error;
                return false;
            }

            if (result.Count == 0)
                break;
            count += result.Count;
        }

        return true;
    }

    /// <summary>Whether it still says more, and still has no more: files that the kernel makes up (sysfs) do so, and that is all of them.</summary>
    public bool IsAllAt(long end)
    {
        Span<byte> more = stackalloc byte[1];
        return FileStatus.OfDescriptor(fd, out FileStatus status) == 0 && status.Size > end && FileData.Read(fd, more, end) is { IsOk: true, Count: 0 };
    }

    public long SkipHole(long offset) => hasHoles && offset < size ? FileHoles.NextData(fd, offset, size) : offset;
}
