using Qssh.Platform.Native;

namespace Qssh.Platform;

/// <summary>Reads and writes that wait, for a process that does one thing: also where whoever made the descriptor left it non-blocking.</summary>
internal static unsafe class WaitingStream
{
    /// <summary>At least one byte; 0 bytes at the end of the stream.</summary>
    public static IoResult Read(int fd, Span<byte> buffer)
    {
        IoResult result;
        while ((result = Descriptor.Read(fd, buffer)).WouldBlock)
            Wait(fd, Libc.POLLIN);
        return result;
    }

    /// <returns>0 when all is written, or the error number.</returns>
    public static int WriteAll(int fd, ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty)
        {
            IoResult result = Descriptor.Write(fd, data);
            if (result.IsOk)
                data = data[result.Count..];
            else if (result.WouldBlock)
                WaitToWrite(fd);
            else
                return result.Error;
        }

        return 0;
    }

    /// <summary>Until it takes something.</summary>
    public static void WaitToWrite(int fd) => Wait(fd, Libc.POLLOUT);

    private static void Wait(int fd, short events)
    {
        Libc.PollDescriptor poll = new() { Descriptor = fd, Events = events };
        Libc.Poll(&poll, 1, -1);
    }
}
