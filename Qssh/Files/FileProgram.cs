using Qssh.Errors;
using Qssh.Platform;
using Qssh.Platform.Native;
using Qssh.Sftp.Client;

namespace Qssh.Files;

/// <summary>A program that speaks the protocol on its standard streams: a server (-D), or what takes ssh's place (-S).</summary>
internal sealed class FileProgram : IDisposable
{
    private readonly ChildProcess _child;
    private readonly StreamCarrier _carrier;

    private FileProgram(ChildProcess child, StreamCarrier carrier)
    {
        _child = child;
        _carrier = carrier;
        Session = new SftpSession(carrier);
        carrier.Attach(Session);
    }

    public SftpSession Session { get; }

    /// <param name="words">The program, which is looked for on PATH unless it has a slash, and its arguments.</param>
    public static FileProgram Start(IReadOnlyList<string> words)
    {
        (OwnedFd inputRead, OwnedFd inputWrite) = Descriptor.Pipe(nonBlockingRead: false, nonBlockingWrite: true);
        (OwnedFd outputRead, OwnedFd outputWrite) = Descriptor.Pipe(nonBlockingRead: true, nonBlockingWrite: false);
        Descriptor.EnlargePipe(inputWrite.Value, 1 << 20);
        Descriptor.EnlargePipe(outputRead.Value, 1 << 20);
        using (inputRead)
        using (outputWrite)
        {
            ChildProcess child = ChildProcess.Start(new SpawnRequest(Find(words[0]), words)
            {
                Descriptors = [inputRead.Value, outputWrite.Value, 2],
                Environment = ProcessEnvironment.Own(),
                // ^C at the prompt stops a transfer, not the session.
                IsSparedInterrupt = true,
            });
            return new FileProgram(child, new StreamCarrier(new DescriptorStream(outputRead), new DescriptorStream(inputWrite)));
        }
    }

    /// <summary>Ends its input and waits for it, but not for ever.</summary>
    public async ValueTask<ExitResult> CloseAsync()
    {
        _carrier.Dispose();
        ReactorTimer patience = Reactor.Current.Schedule(TimeSpan.FromSeconds(10), () => _child.Kill(SignalNumber.Terminate));
        ExitResult result = await _child.ExitAsync();
        patience.Cancel();
        return result;
    }

    public void Dispose() => _child.Dispose();

    public static string Find(string program)
    {
        if (program.Contains('/'))
            return program;
        foreach (string directory in (Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin").Split(':'))
        {
            string path = LocalFiles.Join(directory.Length == 0 ? "." : directory, program);
            if (LocalFiles.Status(path, out FileStatus status) == 0 && status.Kind == FileKind.Regular && (status.Mode & 0x49) != 0)
                return path;
        }

        throw new FailureException($"{program}: {Errno.Text(Errno.NoEntry)}");
    }
}
