using Qssh.Config;
using Qssh.Platform;

namespace Qssh.Client;

/// <summary>ProxyCommand: a program whose standard input and output are the way to the server. It ends with the connection.</summary>
internal sealed class ProxyProcess : IDisposable
{
    /// <summary>For the last bytes, which are in its hands and not yet in the network's.</summary>
    private const int LongestGoodbye = 100;

    /// <summary>For a program that is slow to read: as much as a far network takes.</summary>
    private const int BufferSize = 1 << 18;

    private readonly ChildProcess _child;

    private ProxyProcess(ChildProcess child, TcpSocket socket)
    {
        _child = child;
        Socket = socket;
    }

    public TcpSocket Socket { get; }

    public static ProxyProcess Start(ClientConfig config, ClientLog log)
    {
        // By exec, so that no shell stands between us and the program.
        string command = "exec " + ConfigTokens.Expand(config.Options.ProxyCommand, config.Token);
        log.Debug("Executing proxy command: " + command);
        (OwnedFd theirs, OwnedFd ours) = Descriptor.StreamPair(nonBlockingSecond: true, BufferSize);
        using (theirs)
            return new ProxyProcess(ShellCommand.Start(command, theirs.Value, theirs.Value, 2), TcpSocket.Adopt(ours));
    }

    /// <summary>Ends its input and leaves it a moment.</summary>
    public void End()
    {
        Socket.ShutdownSend();
        _child.Await(LongestGoodbye);
    }

    public void Dispose()
    {
        _child.Kill(SignalNumber.Hangup);
        _child.Dispose();
    }
}
