using System.Text;
using Qssh.Platform.Native;

namespace Qssh.Platform;

/// <summary>
/// write(2) on descriptors 1 and 2. <see cref="Console"/> would cost several milliseconds of start-up and take over the terminal's settings,
/// and file streams write at offsets of their own, over what other processes appended.
/// </summary>
internal static class StandardStreams
{
    private const int Output = 1;
    private const int Error = 2;
    private const int StackLimit = 512;

    /// <summary>False if the reader is gone or the disk is full.</summary>
    public static bool WriteOutput(ReadOnlySpan<byte> bytes) => WriteAll(Output, bytes);

    public static bool WriteOutput(string text) => Write(Output, text);

    public static bool WriteError(ReadOnlySpan<byte> bytes) => WriteAll(Error, bytes);

    public static bool WriteError(string text) => Write(Error, text);

    /// <summary>One line in one write, so that lines of several processes do not mix.</summary>
    public static bool WriteErrorLine(string line) => Write(Error, line + "\n");

    private static bool Write(int descriptor, string text)
    {
        int limit = Encoding.UTF8.GetMaxByteCount(text.Length);
        Span<byte> bytes = limit <= StackLimit ? stackalloc byte[StackLimit] : new byte[limit];
        return WriteAll(descriptor, bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
    }

    private static unsafe bool WriteAll(int descriptor, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            nint written;
            fixed (byte* start = bytes)
                written = Libc.Write(descriptor, start, (nuint)bytes.Length);

            if (written >= 0)
                bytes = bytes[(int)written..];
            else if (!MayRetry(descriptor, Errno.Last))
                return false;
        }

        return true;
    }

    /// <summary>The terminal is shared: whoever has it open may have made it non-blocking.</summary>
    private static unsafe bool MayRetry(int descriptor, int error)
    {
        if (error != Errno.Again)
            return error == Errno.Interrupted;

        Libc.PollDescriptor request = new() { Descriptor = descriptor, Events = Libc.POLLOUT };
        return Libc.Poll(&request, 1, -1) >= 0 || Errno.Last == Errno.Interrupted;
    }
}
