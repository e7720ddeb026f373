using Qssh.Errors;
using Qssh.Platform.Native;

namespace Qssh.Platform;

/// <summary>Who this process is, and becoming a user for good. The C library's wrappers change all threads at once.</summary>
internal static unsafe class UserIdentity
{
    private const int Failure = SessionChild.Failure;

    public static uint Uid => Libc.UserId();

    public static uint Gid => Libc.GroupId();

    public static uint EffectiveUid => Libc.EffectiveUserId();

    /// <summary>Leaves the caller's terminal and process group, as a daemon does. No effect for a group leader.</summary>
    public static void NewSession() => _ = Libc.NewSession();

    public static bool IsRoot => EffectiveUid == 0;

    /// <summary>
    /// Groups first, user last, as each step needs the rights that the next one takes away; then it is verified that all three ids of
    /// each kind changed and that root does not come back. Any failure throws: the caller must end the process.
    /// </summary>
    public static void Become(uint uid, uint gid, IReadOnlyList<uint> groups)
    {
        if (!IsRoot)
        {
            if (uid != Uid)
                throw new FailureException($"cannot become user {uid}: the server runs as user {Uid} and serves only that one", Failure);
            return;
        }

        uint[] list = new List<uint>(groups).ToArray();
        fixed (uint* pointer = list)
        {
            if (Libc.SetGroups((nuint)list.Length, pointer) != 0)
                throw Failed("set the groups");
        }
        if (Libc.SetGroupIds(gid, gid, gid) != 0)
            throw Failed("set the group");
        if (Libc.SetUserIds(uid, uid, uid) != 0)
            throw Failed("set the user");
        Verify(uid, gid);
    }

    private static void Verify(uint uid, uint gid)
    {
        uint real, effective, saved;
        if (Libc.UserIds(&real, &effective, &saved) != 0 || real != uid || effective != uid || saved != uid)
            throw new FailureException("the user did not change", Failure);
        if (Libc.GroupIds(&real, &effective, &saved) != 0 || real != gid || effective != gid || saved != gid)
            throw new FailureException("the group did not change", Failure);
        if (uid == 0)
            return;

        const uint Unchanged = uint.MaxValue;
        if (Libc.SetUserIds(Unchanged, 0, Unchanged) == 0 || (gid != 0 && Libc.SetGroupIds(Unchanged, 0, Unchanged) == 0))
            throw new FailureException("privileges came back after the drop", Failure);
    }

    private static FailureException Failed(string what) => new($"cannot {what}: {Errno.Text(Errno.Last)}", Failure);
}
