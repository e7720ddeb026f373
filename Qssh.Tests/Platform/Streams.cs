using System.Text;
using Qssh.Platform;

namespace Qssh.Tests.Platform;

internal static class Streams
{
    /// <summary>All that comes until the end (a closed pseudo-terminal reports an error instead), then closes the descriptor.</summary>
    public static async ValueTask<string> ReadToEndAsync(OwnedFd fd)
    {
        var content = new MemoryStream();
        byte[] buffer = new byte[4096];
        using (fd)
        using (FdWatch watch = Reactor.Current.Watch(fd.Value))
        {
            while (true)
            {
                IoResult read = Descriptor.Read(fd.Value, buffer);
                if (read.WouldBlock)
                    await watch.ReadableAsync();
                else if (read is { IsOk: true, Count: > 0 })
                    content.Write(buffer, 0, read.Count);
                else
                    break;
            }
        }
        return Encoding.UTF8.GetString(content.ToArray());
    }
}
