using Qssh.Sftp;
using Qssh.Sftp.Client;

namespace Qssh.Files;

/// <summary>Files that the kernel makes up (sysfs) say a page and end before it: that is all of them. A file that was cut says its new size.</summary>
internal static class EarlyEnd
{
    /// <summary>Whether the server still says more, and still has no more.</summary>
    public static async ValueTask<bool> IsAllAsync(SftpClient client, byte[] handle, long end)
    {
        if (await client.FindAsync(handle) is not { Attributes: { HasSize: true } found } || found.Size <= (ulong)end)
            return false;
        BulkRead read = new(client.Bulk, handle, new Nowhere(), end, null);
        await read.RunAsync();
        return read.End == ReadEnd.Whole;
    }

    private sealed class Nowhere : IDataSink
    {
        public bool Write(long offset, ReadOnlySpan<byte> data) => false;
    }
}
