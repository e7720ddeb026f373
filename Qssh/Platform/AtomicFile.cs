using Qssh.Errors;
using Qssh.Platform.Native;

namespace Qssh.Platform;

/// <summary>
/// Writes a file so that at every moment, power loss included, its name holds either nothing or the old content or all of the new:
/// a temporary file beside it is written, synchronised and renamed, then the directory is synchronised.
/// </summary>
internal static unsafe class AtomicFile
{
    private const int Attempts = 16;

    /// <param name="mode">Permission bits of the new file, before the umask.</param>
    /// <param name="replace">False: an existing file of the name is never touched.</param>
    /// <param name="mayReplace">Asked when all is written and only the name is missing.</param>
    /// <returns>False only if a file of that name exists and must not be replaced. Other failures throw.</returns>
    public static bool Write(string path, ReadOnlySpan<byte> content, uint mode, bool replace, Func<bool>? mayReplace = null)
    {
        using OwnedFd file = CreateBeside(path, mode, out string temporary);
        bool renamed = false;
        try
        {
            WriteAll(file, content, path);
            int error = Descriptor.Synchronize(file.Value);
            if (error == 0 && mayReplace?.Invoke() == false)
                return false;
            if (error == 0)
                error = Rename(temporary, path, replace);
            if (error == Errno.Exists && !replace)
                return false;
            if (error != 0)
                throw Failure(path, error);
            renamed = true;
            SynchronizeDirectory(path);
            return true;
        }
        finally
        {
            if (!renamed)
                Remove(temporary);
        }
    }

    private static OwnedFd CreateBeside(string path, uint mode, out string temporary)
    {
        int error = 0;
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            temporary = $"{path}.{Environment.ProcessId}-{Environment.TickCount64 + attempt:x}.tmp";
            OwnedFd? file = Descriptor.Open(temporary, Libc.O_WRONLY | Libc.O_CREAT | Libc.O_EXCL, mode, out error);
            if (file is not null)
                return file;
            if (error != Errno.Exists)
                break;
        }

        throw Failure(path, error);
    }

    private static void WriteAll(OwnedFd file, ReadOnlySpan<byte> content, string path)
    {
        while (!content.IsEmpty)
        {
            IoResult result = Descriptor.Write(file.Value, content);
            if (!result.IsOk)
                throw Failure(path, result.Error);
            content = content[result.Count..];
        }
    }

    private static int Rename(string temporary, string path, bool replace)
    {
        fixed (byte* source = NativeText.Of(temporary), target = NativeText.Of(path))
        {
            if (Libc.Rename(Libc.AT_FDCWD, source, Libc.AT_FDCWD, target, replace ? 0 : Libc.RENAME_NOREPLACE) == 0)
                return 0;
            int error = Errno.Last;
            if (replace || error is not (Errno.Invalid or Errno.NotImplemented))
                return error;

            // A file system without RENAME_NOREPLACE: a second name is just as exclusive.
            if (Libc.Link(source, target) != 0)
                return Errno.Last;
            Libc.Unlink(source);
            return 0;
        }
    }

    private static void Remove(string temporary)
    {
        fixed (byte* name = NativeText.Of(temporary))
            Libc.Unlink(name);
    }

    /// <summary>Best effort: some file systems cannot, and the file itself is already safe.</summary>
    private static void SynchronizeDirectory(string path)
    {
        string directory = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/";
        using OwnedFd? opened = Descriptor.Open(directory, Libc.O_RDONLY, 0, out _);
        if (opened is not null)
            Descriptor.Synchronize(opened.Value);
    }

    private static FailureException Failure(string path, int error) => new($"cannot write {path}: {Errno.Text(error)}", 1);
}
