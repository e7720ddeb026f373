using Qssh.Platform;

namespace Qssh.Files.Legacy;

/// <summary>The program that carries the old protocol to another host: the secure shell, with scp there at its other end.</summary>
internal sealed class LegacyProgram
{
    private const int Patience = 10_000;

    private readonly ChildProcess _child;
    private readonly OwnedFd _input;
    private readonly OwnedFd _output;

    private LegacyProgram(ChildProcess child, OwnedFd input, OwnedFd output, LegacyPeer peer)
    {
        _child = child;
        _input = input;
        _output = output;
        Peer = peer;
    }

    public LegacyPeer Peer { get; }

    /// <param name="path">The file to run; null: the first of the words, looked for on PATH.</param>
    public static LegacyProgram Start(IReadOnlyList<string> words, string? path, long? rate, TransferReport report)
    {
        (OwnedFd inputRead, OwnedFd inputWrite) = Descriptor.Pipe(nonBlockingRead: false, nonBlockingWrite: false);
        (OwnedFd outputRead, OwnedFd outputWrite) = Descriptor.Pipe(nonBlockingRead: false, nonBlockingWrite: false);
        Descriptor.EnlargePipe(inputWrite.Value, 1 << 20);
        Descriptor.EnlargePipe(outputRead.Value, 1 << 20);
        using (inputRead)
        using (outputWrite)
        {
            ChildProcess child = ChildProcess.Start(new SpawnRequest(path ?? FileProgram.Find(words[0]), words)
            {
                Descriptors = [inputRead.Value, outputWrite.Value, 2],
                Environment = ProcessEnvironment.Own(),
            });
            LegacyLink link = new(outputRead.Value, inputWrite.Value, rate);
            return new LegacyProgram(child, outputRead, inputWrite, new LegacyPeer(link, report));
        }
    }

    /// <summary>Ends its streams and waits for it, but not for ever.</summary>
    /// <returns>Its status as a shell tells it.</returns>
    public int Close()
    {
        _output.Dispose();
        _input.Dispose();
        using ChildProcess child = _child;
        return child.Wait(Patience).ShellStatus;
    }
}
