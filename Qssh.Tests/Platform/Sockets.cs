using Qssh.Platform;
using Qssh.Platform.Native;

namespace Qssh.Tests.Platform;

internal static class Sockets
{
    public static unsafe (OwnedFd Left, OwnedFd Right) Pair(bool nonBlocking = true)
    {
        int* ends = stackalloc int[2];
        if (Libc.SocketPair(Libc.AF_UNIX, Libc.SOCK_STREAM | Libc.SOCK_CLOEXEC | (nonBlocking ? Libc.SOCK_NONBLOCK : 0), 0, ends) != 0)
            throw new IOException(Errno.Text(Errno.Last));
        return (new OwnedFd(ends[0]), new OwnedFd(ends[1]));
    }
}
