using Qssh.Errors;
using Qssh.Platform;
using Qssh.Platform.Native;

namespace Qssh.Server;

/// <summary>
/// Going to the background without fork: the caller's process starts the program again in a session of its own and waits until that one
/// listens, so that a failure to start is the caller's exit status.
/// </summary>
internal static class DaemonStart
{
    private const string ReadyVariable = "QSSHD_READY_FD";
    private const int ReadyDescriptor = 3;

    /// <summary>Whether this process is the background half.</summary>
    public static bool IsBackground { get; } = Environment.GetEnvironmentVariable(ReadyVariable) is not null;

    /// <summary>The caller's half. Returns 0 once the background server listens.</summary>
    public static int Run(Reactor reactor, string[] arguments)
    {
        (OwnedFd ready, OwnedFd child) = Descriptor.Pipe(nonBlockingRead: false, nonBlockingWrite: false);
        using OwnedFd none = Descriptor.Open("/dev/null", Libc.O_RDWR | Libc.O_CLOEXEC, 0, out _) ?? throw new FailureException("cannot open /dev/null", 1);
        List<string> again = new(arguments);
        again.RemoveAll(argument => argument is "-d" or "--daemon");
        List<string> environment = [.. SelfExecutable.Environment, ReadyVariable + "=" + ReadyDescriptor];
        foreach (string name in (ReadOnlySpan<string>)["PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "TZ"])
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
                environment.Add(name + "=" + value);
        }

        return reactor.Run(() =>
        {
            using ChildProcess process = ChildProcess.Start(new SpawnRequest(SelfExecutable.Path, again)
            {
                Descriptors = [none.Value, none.Value, 2, child.Value],
                Environment = environment,
            });
            child.Dispose();
            Span<byte> answer = stackalloc byte[1];
            IoResult result = Descriptor.Read(ready.Value, answer);
            ready.Dispose();
            return ValueTask.FromResult(result is { IsOk: true, Count: 1 } ? 0 : 1);
        });
    }

    /// <summary>The background half: it listens.</summary>
    public static void Ready()
    {
        if (!IsBackground)
            return;
        UserIdentity.NewSession();
        Descriptor.Write(ReadyDescriptor, [1]);
        new OwnedFd(ReadyDescriptor).Dispose();
    }
}
