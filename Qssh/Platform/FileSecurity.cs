using Microsoft.Win32.SafeHandles;
using Qssh.Platform.Native;

namespace Qssh.Platform;

/// <summary>Who can change a file, asked of the open file where there is one, so that the answer is about what is read.</summary>
internal static unsafe class FileSecurity
{
    /// <summary>Belongs to this process's user or to root.</summary>
    public static bool IsOwnedByUserOrRoot(SafeFileHandle handle) =>
        FileStatus.OfDescriptor((int)handle.DangerousGetHandle(), out FileStatus status) == 0
        && (status.Uid == 0 || status.Uid == UserIdentity.EffectiveUid);

    /// <summary>The path without links and dots; null if it does not exist or cannot be reached.</summary>
    public static string? RealPath(string path)
    {
        byte* resolved = stackalloc byte[Libc.PathCapacity];
        fixed (byte* name = NativeText.Of(path))
        {
            byte* result = Libc.RealPath(name, resolved);
            return result == null ? null : NativeText.From(result);
        }
    }

    /// <summary>
    /// Opens for reading without ever waiting: a pipe or a device that somebody put in the place of a file does not hold the caller.
    /// </summary>
    /// <returns>Null with a reason in <paramref name="fault"/>.</returns>
    public static SafeFileHandle? OpenRegular(string path, out FileStatus status, out string? fault)
    {
        status = default;
        if (path.Contains('\0'))
        {
            fault = "the path contains NUL";
            return null;
        }

        using OwnedFd? file = Descriptor.Open(path, Libc.O_RDONLY | Libc.O_NONBLOCK | Libc.O_NOCTTY, 0, out int error);
        if (file is null)
        {
            fault = Errno.Text(error);
            return null;
        }

        error = FileStatus.OfDescriptor(file.Value, out status);
        fault = error != 0 ? Errno.Text(error) : status.Kind != FileKind.Regular ? "not a regular file" : null;
        return fault is null ? new SafeFileHandle(file.Release(), ownsHandle: true) : null;
    }
}
