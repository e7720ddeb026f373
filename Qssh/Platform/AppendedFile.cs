using Qssh.Platform.Native;

namespace Qssh.Platform;

/// <summary>Adds whole lines to a file that other processes add to as well.</summary>
internal static unsafe class AppendedFile
{
    /// <summary>
    /// Appends a line in one write. A missing file is made with mode 0600 and its directory with 0700. When the disk is full in the
    /// middle of the line, the part is taken back.
    /// </summary>
    /// <returns>Null, or why it failed.</returns>
    public static string? AddLine(string path, ReadOnlySpan<byte> line)
    {
        MakeDirectory(Path.GetDirectoryName(Path.GetFullPath(path)));
        using OwnedFd? file = OpenLocked(path, out int error);
        if (file is null)
            return Errno.Text(error);
        error = FileStatus.OfDescriptor(file.Value, out FileStatus before);
        if (error != 0)
            return Errno.Text(error);

        bool openEnded = before.Kind == FileKind.Regular && before.Size > 0 && !EndsInLineFeed(file.Value, before.Size);
        byte[] text = new byte[(openEnded ? 1 : 0) + line.Length + 1];
        text[0] = (byte)'\n';
        line.CopyTo(text.AsSpan(openEnded ? 1 : 0));
        text[^1] = (byte)'\n';
        IoResult result = Descriptor.Write(file.Value, text);
        if (result.IsOk && result.Count == text.Length)
            return null;

        // Nobody else's line may be cut: only when the file grew by our part alone.
        if (result.IsOk && FileStatus.OfDescriptor(file.Value, out FileStatus after) == 0 && after.Size == before.Size + result.Count)
            Libc.Truncate(file.Value, before.Size);
        return result.IsOk ? Errno.Text(Errno.NoSpace) : result.ErrorText;
    }

    /// <summary>
    /// Between looking at the last byte and writing nobody of us else may write, and a file that was replaced while we waited is not the
    /// one any more: a line in it would be lost. Where locks do not work, the line is still one write.
    /// </summary>
    private static OwnedFd? OpenLocked(string path, out int error)
    {
        for (long started = Environment.TickCount64; Environment.TickCount64 - started < LockedFile.LongestWait;)
        {
            OwnedFd? file = Descriptor.Open(path, Libc.O_RDWR | Libc.O_APPEND | Libc.O_CREAT | Libc.O_NOCTTY, 0x180, out error);
            if (file is null || !Descriptor.Lock(file.Value) || LockedFile.IsNamed(file.Value, path))
                return file;
            file.Dispose();
        }

        error = Errno.TimedOut;
        return null;
    }

    /// <summary>One directory, if it does not exist. Whether that worked shows when a file in it is opened.</summary>
    public static void MakeDirectory(string? directory, uint mode = 0x1C0)
    {
        if (string.IsNullOrEmpty(directory))
            return;
        fixed (byte* name = NativeText.Of(directory))
            Libc.MakeDirectory(name, mode);
    }

    /// <summary>Through our own descriptor: another one would meet our lock. Appending does not mind where the reading left off.</summary>
    private static bool EndsInLineFeed(int fd, long size)
    {
        Span<byte> last = stackalloc byte[1];
        Libc.Seek(fd, size - 1, 0);
        return Descriptor.Read(fd, last) is not { IsOk: true, Count: 1 } || last[0] == (byte)'\n';
    }
}
