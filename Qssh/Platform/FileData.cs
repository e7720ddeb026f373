using Qssh.Platform.Native;

namespace Qssh.Platform;

/// <summary>Reads and writes at offsets; interrupted calls are repeated.</summary>
internal static unsafe class FileData
{
    public static IoResult Read(int fd, Span<byte> buffer, long offset)
    {
        fixed (byte* pointer = buffer)
        {
            nint count;
            do
                count = Libc.ReadAt(fd, pointer, (nuint)buffer.Length, offset);
            while (count < 0 && Errno.Last == Errno.Interrupted);
            return count < 0 ? IoResult.Failed(Errno.Last) : new IoResult(count);
        }
    }

    /// <summary>Writes all of it. An error after a part counts as an error; a file opened for appending takes it at its end.</summary>
    /// <returns>0, or the error number.</returns>
    public static int Write(int fd, ReadOnlySpan<byte> data, long offset)
    {
        while (!data.IsEmpty)
        {
            nint count;
            fixed (byte* pointer = data)
                count = Libc.WriteAt(fd, pointer, (nuint)data.Length, offset);
            if (count < 0 && Errno.Last != Errno.Interrupted)
                return Errno.Last;
            // No progress is not success: a device may take nothing for ever.
            if (count == 0)
                return Errno.InputOutput;
            if (count < 0)
                continue;
            data = data[(int)count..];
            offset += count;
        }

        return 0;
    }

    /// <summary>Copies inside of the kernel, where the file systems allow (copy_file_range(2)); the count may be smaller, 0 is the end of the source.</summary>
    public static IoResult Copy(int source, long sourceOffset, int target, long targetOffset, int length)
    {
        nint count;
        do
            count = Libc.CopyRange(source, &sourceOffset, target, &targetOffset, (nuint)length, 0);
        while (count < 0 && Errno.Last == Errno.Interrupted);
        return count < 0 ? IoResult.Failed(Errno.Last) : new IoResult(count);
    }
}
