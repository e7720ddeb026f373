using Qssh.Errors;
using Qssh.Platform.Native;

namespace Qssh.Platform;

/// <summary>
/// The process between the server and a user's program: a fresh copy of our own executable that reads its plan, becomes the user for
/// good and executes the program. It does the work that others do between fork and exec.
/// </summary>
internal static unsafe class SessionChild
{
    /// <summary>First argument that selects this role; reserved, so no destination is called so.</summary>
    public const string Command = "__session";

    /// <summary>Exit status when the user's program could not be started; the reason is on the session's standard error.</summary>
    public const int Failure = 254;

    /// <summary>Where the child finds its plan: the first descriptor after the standard streams.</summary>
    private const int PlanDescriptor = 3;

    /// <summary>Starts a session with these three as its standard streams (all the pty slave when it has a terminal).</summary>
    public static ChildProcess Start(ChildPlan plan, int input, int output, int error)
    {
        using OwnedFd file = plan.ToMemoryFile();
        return ChildProcess.Start(new SpawnRequest(SelfExecutable.Path, ["qssh", Command])
        {
            Descriptors = [input, output, error, file.Value],
            Environment = SelfExecutable.Environment,
        });
    }

    /// <summary>Does not return when all goes well.</summary>
    public static int Run(ReadOnlySpan<string> args)
    {
        try
        {
            // Only a server passes a nameless memory file; by hand, descriptor 3 may be anything, even something to wait on for ever.
            bool planned = FileStatus.OfDescriptor(PlanDescriptor, out FileStatus status) == 0 && status is { Kind: FileKind.Regular, Links: 0 };
            if (!args.IsEmpty || !planned)
                throw new FailureException("this command is for the server's own use", Failure);
            Become(ChildPlan.FromFile(PlanDescriptor));
            return 0;
        }
        catch (FailureException failure)
        {
            Tell(failure.Message);
        }
        return Failure;
    }

    private static void Become(ChildPlan plan)
    {
        if (Libc.NewSession() < 0)
            throw Failed("start a session");
        if (plan.HasTerminal && Libc.Control(0, Libc.TIOCSCTTY, null) != 0)
            throw Failed("take the controlling terminal");

        foreach (LimitPlan limit in plan.Limits)
            SetLimit(limit);
        UserIdentity.Become(plan.Uid, plan.Gid, plan.Groups);
        if (plan.SignalGroup > 1)
        {
            Libc.Kill(-plan.SignalGroup, plan.Signal);
            return;
        }

        Libc.SetFileModeMask(plan.FileModeMask);
        EnterHome(plan.Home);
        Greet(plan.Greeting);
        Execute(plan);
    }

    private static void SetLimit(LimitPlan plan)
    {
        Libc.ResourceLimit limit;
        if (Libc.GetLimit(plan.Resource, &limit) != 0)
            return;

        // Only lowered: what the service manager set for the server is the frame for its sessions.
        limit.Hard = Math.Min(limit.Hard, plan.Hard);
        limit.Soft = Math.Min(plan.Soft, limit.Hard);
        Libc.SetLimit(plan.Resource, &limit);
    }

    private static void EnterHome(string home)
    {
        int error = ChangeDirectory(home);
        if (error == 0)
            return;

        Tell($"cannot enter home directory {home}: {Errno.Text(error)}; starting in /");
        ChangeDirectory("/");
    }

    private static int ChangeDirectory(string path)
    {
        fixed (byte* name = NativeText.Of(path))
            return Libc.ChangeDirectory(name) == 0 ? 0 : Errno.Last;
    }

    /// <summary>As the user, so that it shows nothing the user could not read.</summary>
    private static void Greet(string path)
    {
        if (path.Length == 0 || FileStatus.OfPath(".hushlogin", followLinks: true, out _) == 0)
            return;
        using OwnedFd? file = Descriptor.Open(path, Libc.O_RDONLY | Libc.O_CLOEXEC | Libc.O_NONBLOCK, 0, out _);
        Span<byte> chunk = stackalloc byte[4096];
        while (file is not null && Descriptor.Read(file.Value, chunk) is { IsOk: true, Count: > 0 } read)
            Descriptor.Write(1, chunk[..read.Count]);
    }

    private static void Execute(ChildPlan plan)
    {
        using var argv = new NativeList(plan.Arguments);
        using var environment = new NativeList(plan.Environment);
        byte[] path = NativeText.Of(plan.Program);
        CloseAllButStandard();
        ResetSignals();
        fixed (byte* program = path)
            Libc.Execute(program, argv.Pointer, environment.Pointer);
        int error = Errno.Last;
        throw new FailureException($"cannot execute {plan.Program}: {Errno.Text(error)}", Failure);
    }

    /// <summary>Marks them close-on-exec instead of closing, as this runtime still needs its own until the exec.</summary>
    private static void CloseAllButStandard()
    {
        if (Libc.SystemCall(Libc.SYS_close_range, 3, int.MaxValue, (nint)Libc.CLOSE_RANGE_CLOEXEC, 0) == 0)
            return;

        Libc.ResourceLimit limit;
        int end = Libc.GetLimit(Libc.RLIMIT_NOFILE, &limit) == 0 ? (int)Math.Min(limit.Soft, 65536) : 65536;
        for (int fd = 3; fd < end; fd++)
            Libc.FileControl(fd, Libc.F_SETFD, Libc.FD_CLOEXEC);
    }

    /// <summary>
    /// exec resets handlers but keeps what is ignored and blocked; this runtime ignores SIGPIPE. Asked of the kernel directly, as
    /// posix_spawn leaves the C library's two internal signals (32, 33) ignored and the library's own call refuses to touch them.
    /// </summary>
    private static void ResetSignals()
    {
        nint* defaults = stackalloc nint[4]; // struct sigaction of the kernel: handler, flags, restorer, mask
        new Span<nint>(defaults, 4).Clear();
        for (int signal = 1; signal <= Libc.SignalCount; signal++)
            Libc.SystemCall(Libc.SYS_rt_sigaction, signal, (nint)defaults, 0, sizeof(ulong));
        byte* none = stackalloc byte[Libc.SignalSetSize];
        Libc.SignalSetEmpty(none);
        Libc.SignalMask(Libc.SIG_SETMASK, none, null);
    }

    private static FailureException Failed(string what) => new($"cannot {what}: {Errno.Text(Errno.Last)}", Failure);

    private static void Tell(string message)
    {
        byte[] line = System.Text.Encoding.UTF8.GetBytes("qssh: " + message + "\r\n");
        Descriptor.Write(2, line);
    }
}
