using Qssh.Platform.Native;

namespace Qssh.Platform;

/// <summary>Socket calls over spans, interruptions repeated.</summary>
internal static unsafe class SocketCalls
{
    public static IoResult Receive(int socket, Span<byte> buffer, int flags)
    {
        fixed (byte* pointer = buffer)
        {
            nint count;
            do
                count = Libc.Receive(socket, pointer, (nuint)buffer.Length, flags);
            while (count < 0 && Errno.Last == Errno.Interrupted);
            return count >= 0 ? new IoResult(count) : IoResult.Failed(Errno.Last);
        }
    }

    public static IoResult Send(int socket, ReadOnlySpan<byte> data, int flags)
    {
        fixed (byte* pointer = data)
        {
            nint count;
            do
                count = Libc.Send(socket, pointer, (nuint)data.Length, flags);
            while (count < 0 && Errno.Last == Errno.Interrupted);
            return count >= 0 ? new IoResult(count) : IoResult.Failed(Errno.Last);
        }
    }

    public static bool Set(int socket, int level, int option, int value) =>
        Libc.SetSocketOption(socket, level, option, &value, sizeof(int)) == 0;

    public static int Get(int socket, int level, int option)
    {
        int value = 0;
        uint length = sizeof(int);
        return Libc.GetSocketOption(socket, level, option, &value, &length) == 0 ? value : -Errno.Last;
    }
}
