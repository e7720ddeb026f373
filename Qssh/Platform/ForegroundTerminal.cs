using Qssh.Platform.Native;

namespace Qssh.Platform;

/// <summary>Whether a terminal listens to this process: one in the background should not write into what others show.</summary>
internal static unsafe class ForegroundTerminal
{
    public static bool IsOurs(int fd)
    {
        int group = 0;
        return Libc.Control(fd, Libc.TIOCGPGRP, &group) == 0 && group == Libc.ProcessGroup(0);
    }
}
