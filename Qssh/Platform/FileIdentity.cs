using Qssh.Errors;
using Qssh.Platform.Native;

namespace Qssh.Platform;

/// <summary>
/// Opens files with a user's rights for a moment: the file system user, group and groups of this thread alone (setfsuid(2)), so that a
/// link in a user's home leads a privileged server nowhere the user could not go. Not root: nothing changes.
/// </summary>
internal sealed class FileIdentity : IDisposable
{
    private readonly bool _changed;

    private FileIdentity(bool changed) => _changed = changed;

    public static unsafe FileIdentity Assume(uint uid, uint gid, IReadOnlyList<uint> groups)
    {
        if (!UserIdentity.IsRoot || uid == 0)
            return new FileIdentity(false);

        uint[] list = new List<uint>(groups).ToArray();
        fixed (uint* pointer = list)
        {
            // Asked of the kernel directly: the C library's call would change all threads.
            if (Libc.SystemCall(Libc.SYS_setgroups, list.Length, (nint)pointer, 0, 0) != 0)
                throw new FailureException("cannot take the user's groups: " + Errno.Text(Errno.Last));
        }

        Libc.SystemCall(Libc.SYS_setfsgid, (nint)gid, 0, 0, 0);
        Libc.SystemCall(Libc.SYS_setfsuid, (nint)uid, 0, 0, 0);
        // setfsuid reports no failure: a second call tells what is in force.
        if (Libc.SystemCall(Libc.SYS_setfsuid, -1, 0, 0, 0) != (nint)uid)
            throw new FailureException("cannot take the user's rights on files");
        return new FileIdentity(true);
    }

    public unsafe void Dispose()
    {
        if (!_changed)
            return;
        Libc.SystemCall(Libc.SYS_setfsuid, 0, 0, 0, 0);
        Libc.SystemCall(Libc.SYS_setfsgid, 0, 0, 0, 0);
        Libc.SystemCall(Libc.SYS_setgroups, 0, 0, 0, 0);
    }
}
