using Qssh.Errors;
using Qssh.Platform;
using Qssh.Platform.Native;

namespace Qssh.Client;

/// <summary>
/// <c>-f</c> without fork, which would copy a process whose threads are gone: the program is started a second time before anything is
/// connected. That copy does the whole work and still has the terminal for its questions; the caller waits until it is logged in, and
/// leaves with its status if it fails.
/// </summary>
internal static class Background
{
    private const string Variable = "QSSH_BACKGROUND_FD";
    private const int ReadyDescriptor = 3;

    /// <summary>Whether this process is the copy.</summary>
    public static bool IsCopy { get; } = Environment.GetEnvironmentVariable(Variable) == ReadyDescriptor.ToString();

    /// <summary>The caller's half.</summary>
    public static int Start(string[] arguments)
    {
        if (Array.Exists(arguments, argument => argument.Contains('\uFFFD')))
            throw new FailureException("-f takes no command line that is not UTF-8");
        return new Reactor().Run(() => RunAsync(arguments));
    }

    /// <summary>The copy's half: it is logged in. From here on it has no terminal and no caller.</summary>
    public static void Detach(ClientLog log)
    {
        Environment.SetEnvironmentVariable(Variable, null);
        UserIdentity.NewSession();
        log.IsMuted = !log.IsVerbose;
        using OwnedFd ready = new(ReadyDescriptor);
        Descriptor.Write(ReadyDescriptor, [1]);
    }

    private static async ValueTask<int> RunAsync(string[] arguments)
    {
        (OwnedFd read, OwnedFd write) = Descriptor.Pipe(nonBlockingRead: true, nonBlockingWrite: false);
        using DescriptorStream ready = new(read);
        using OwnedFd none = Descriptor.Open("/dev/null", Libc.O_RDWR, 0, out _) ?? throw new FailureException("cannot open /dev/null");
        ChildProcess copy;
        using (write)
        {
            copy = ChildProcess.Start(new SpawnRequest(SelfExecutable.Path, arguments)
            {
                Descriptors = [none.Value, 1, 2, write.Value],
                Environment = OwnEnvironment(),
            });
        }

        byte[] answer = new byte[1];
        IoResult result;
        while ((result = ready.Read(answer)).WouldBlock)
            await ready.ReadableAsync();
        return result is { IsOk: true, Count: 1 } ? 0 : (await copy.ExitAsync()).ShellStatus;
    }

    private static List<string> OwnEnvironment()
    {
        List<string> environment = ProcessEnvironment.Own();
        environment.Add($"{Variable}={ReadyDescriptor}");
        return environment;
    }
}
