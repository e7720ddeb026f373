using Qssh.Platform.Native;

namespace Qssh.Platform;

/// <summary>Moves data into and out of a pipe inside of the kernel (splice(2)): no copy passes through this process.</summary>
internal static unsafe class PipeData
{
    /// <summary>From a file at an offset into an empty pipe: as much as there is room for; 0 is the end of the file.</summary>
    public static IoResult FromFile(int file, long offset, int pipe, int length) => Move(file, &offset, pipe, length);

    /// <summary>From a pipe to another pipe or a socket.</summary>
    public static IoResult ToStream(int pipe, int stream, int length) => Move(pipe, null, stream, length);

    private static IoResult Move(int source, long* sourceOffset, int target, int length)
    {
        nint count;
        do
            count = Libc.Splice(source, sourceOffset, target, null, (nuint)length, 0);
        while (count < 0 && Errno.Last == Errno.Interrupted);
        return count < 0 ? IoResult.Failed(Errno.Last) : new IoResult(count);
    }
}
