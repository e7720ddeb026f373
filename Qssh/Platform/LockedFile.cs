using Qssh.Errors;
using Qssh.Platform.Native;

namespace Qssh.Platform;

/// <summary>
/// Changes a file of lines that others add to meanwhile: under the lock that <see cref="AppendedFile"/> takes too, and, as editors and
/// other programs take none, only while it still is what was read. A line that was added in between would be lost otherwise, and it may
/// be the one that revokes a key.
/// </summary>
internal static class LockedFile
{
    private const int Attempts = 8;

    /// <summary>Milliseconds until somebody who replaces the file again and again counts as a fault.</summary>
    internal const int LongestWait = 10_000;

    /// <summary>What a path leads to in the end: a link stays one, and what it points to is replaced.</summary>
    private static string Resolve(string path)
    {
        if (FileStatus.OfPath(path, followLinks: false, out FileStatus status) != 0 || status.Kind != FileKind.Link)
            return path;
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;
        }
        catch (IOException fault)
        {
            throw new FailureException($"{path}: {fault.Message}", 1);
        }
    }

    /// <param name="mode">Of the file, if there is none yet.</param>
    /// <param name="change">From what it holds to what it is to hold; null or the same array: it stays. Called again if the file has changed meanwhile.</param>
    /// <returns>False: it stayed.</returns>
    public static bool Change(string path, int most, uint mode, Func<byte[], byte[]?> change)
    {
        string real = Resolve(path);
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            using OwnedFd? file = Lock(real);
            byte[] content = Read(real, most, ref mode);
            byte[]? changed = change(content);
            if (changed is null || ReferenceEquals(changed, content))
                return false;
            if (AtomicFile.Write(real, changed, mode, replace: true, () => Read(real, most, ref mode).AsSpan().SequenceEqual(content)))
                return true;
        }

        throw new FailureException($"{real} is changed by others all the time; try again", 1);
    }

    /// <summary>
    /// The lock of the file that has the name. Who waited for it may have got that of a file which has been replaced meanwhile. Null: there
    /// is none, or it is not ours to write to.
    /// </summary>
    private static OwnedFd? Lock(string path)
    {
        for (long started = Environment.TickCount64; Environment.TickCount64 - started < LongestWait;)
        {
            OwnedFd? file = Descriptor.Open(path, Libc.O_RDWR | Libc.O_NONBLOCK | Libc.O_NOCTTY, 0, out _);
            if (file is null || !Descriptor.Lock(file.Value) || IsNamed(file.Value, path))
                return file;
            file.Dispose();
        }

        throw new FailureException($"{path} is changed by others all the time; try again", 1);
    }

    /// <summary>Whether the name still leads to this file.</summary>
    internal static bool IsNamed(int fd, string path) =>
        FileStatus.OfDescriptor(fd, out FileStatus own) == 0 && FileStatus.OfPath(path, followLinks: true, out FileStatus named) == 0 && own.Identity == named.Identity;

    private static byte[] Read(string path, int most, ref uint mode)
    {
        if (FileStatus.OfPath(path, followLinks: true, out FileStatus status) != 0)
            return [];
        if (status.Kind != FileKind.Regular || status.Size > most)
            throw new FailureException($"{path} is no file of at most {most >> 20} MiB", 1);
        mode = status.Mode;
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        byte[] content = new byte[most + 1];
        int length = stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
        return content.AsSpan(0, length).ToArray();
    }
}
