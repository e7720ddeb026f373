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
            // A file that ends where it said: no second call to learn it.
            if (offset + count == size)
                break;
        }

        return true;
    }

    public long SkipHole(long offset) => hasHoles && offset < size ? FileHoles.NextData(fd, offset, size) : offset;
}
