using Qssh.Platform.Native;

namespace Qssh.Platform;

/// <summary>
/// Standard input, output or error, never blocking and never changing the inherited description: its flags belong to everybody who
/// shares it (a shell whose terminal became non-blocking breaks). Pipes and terminals are opened a second time through
/// /proc/self/fd; where that is impossible, sockets use MSG_DONTWAIT and all else asks poll(2) before a short operation.
/// </summary>
internal sealed class StandardStream : IStreamEnd
{
    /// <summary>PIPE_BUF: a pipe that poll calls writable takes this much without blocking (pipe(7)).</summary>
    private const int GuardedPipeWrite = 4096;
    /// <summary>A terminal that poll calls writable promises less: n_tty reports room from 256 characters on.</summary>
    private const int GuardedTerminalWrite = 256;
    /// <summary>Major number of /dev/null, zero, full and random, which take and give any amount without blocking.</summary>
    private const uint MemoryDevices = 1;

    private readonly int _inherited;
    private readonly OwnedFd? _own;
    private readonly Access _access;
    private readonly int _guardedWrite;
    private FdWatch? _watch;
    private bool _disposed;

    private StandardStream(int inherited, OwnedFd? own, Access access, bool isTerminal)
    {
        _inherited = inherited;
        _own = own;
        _access = access;
        IsTerminal = isTerminal;
        _guardedWrite = isTerminal ? GuardedTerminalWrite : GuardedPipeWrite;
    }

    private enum Access
    {
        Direct,
        Socket,
        Guarded,
    }

    public bool IsTerminal { get; }

    /// <summary>The descriptor to use for terminal controls.</summary>
    public int Descriptor => _own?.Value ?? _inherited;

    /// <summary>Every number below 3 that came closed is opened on /dev/null, so that no later file gets a standard stream's number.</summary>
    public static void EnsureAllOpen()
    {
        for (int fd = 0; fd <= 2; fd++)
        {
            if (Platform.Descriptor.IsOpen(fd))
                continue;
            int opened = Platform.Descriptor.Open("/dev/null", Libc.O_RDWR, 0, out _)?.Release() ?? -1;
            if (opened < 0)
                return;
            // Inherited by children like any standard stream: dup2 gives the number without close-on-exec.
            Redirect(opened, fd);
        }
    }

    public static StandardStream Open(int number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        FileKind kind = FileStatus.OfDescriptor(number, out FileStatus status) == 0 ? status.Kind : FileKind.Regular;
        bool terminal = kind == FileKind.CharacterDevice && Platform.Descriptor.IsTerminal(number);
        if (kind == FileKind.Socket)
            return new StandardStream(number, null, Access.Socket, false);
        if (kind != FileKind.Fifo && !terminal)
            return new StandardStream(number, null, kind == FileKind.CharacterDevice && status.Device.Major != MemoryDevices ? Access.Guarded : Access.Direct, false);

        OwnedFd? own = terminal && PseudoTerminalMaster(status) ? null : Reopen(number);
        return new StandardStream(number, own, own is null ? Access.Guarded : Access.Direct, terminal);
    }

    public IoResult Read(Span<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_access == Access.Socket)
            return SocketCalls.Receive(_inherited, buffer, Libc.MSG_DONTWAIT);
        if (_access == Access.Guarded && !Platform.Descriptor.IsReady(_inherited, forWriting: false))
            return IoResult.Failed(Errno.Again);

        return Platform.Descriptor.Read(Descriptor, buffer);
    }

    public IoResult Write(ReadOnlySpan<byte> data)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_access == Access.Socket)
            return SocketCalls.Send(_inherited, data, Libc.MSG_DONTWAIT | Libc.MSG_NOSIGNAL);
        if (_access == Access.Guarded)
        {
            if (!Platform.Descriptor.IsReady(_inherited, forWriting: true))
                return IoResult.Failed(Errno.Again);
            data = data[..Math.Min(data.Length, _guardedWrite)];
        }
        return Platform.Descriptor.Write(Descriptor, data);
    }

    public ValueTask<bool> ReadableAsync() => _disposed ? new ValueTask<bool>(false) : Watch().ReadableAsync();

    public ValueTask<bool> WritableAsync() => _disposed ? new ValueTask<bool>(false) : Watch().WritableAsync();

    /// <summary>Writes all of it; false when the other side is gone or the stream was closed.</summary>
    public async ValueTask<bool> WriteAllAsync(ReadOnlyMemory<byte> data)
    {
        while (!data.IsEmpty)
        {
            IoResult result = Write(data.Span);
            if (result.IsOk)
                data = data[result.Count..];
            else if (!result.WouldBlock || !await WritableAsync())
                return false;
        }
        return true;
    }

    /// <summary>
    /// Ends the stream for the other side, too: the inherited number is put on /dev/null, so that a reader of our output
    /// sees the end (and a writer to our input a broken pipe) while this process goes on.
    /// </summary>
    public void CloseInherited()
    {
        Dispose();
        int opened = Platform.Descriptor.Open("/dev/null", Libc.O_RDWR, 0, out _)?.Release() ?? -1;
        if (opened >= 0)
            Redirect(opened, _inherited);
    }

    public void Dispose()
    {
        if (_disposed)
            return;

        _disposed = true;
        _watch?.Dispose();
        _own?.Dispose();
    }

    private static void Redirect(int opened, int number)
    {
        if (opened == number)
        {
            Libc.FileControl(number, Libc.F_SETFD, 0);
            return;
        }
        Libc.Duplicate(opened, number);
        Libc.Close(opened);
    }

    private static OwnedFd? Reopen(int number)
    {
        int flags = Libc.FileControl(number, Libc.F_GETFL, 0);
        if (flags < 0)
            return null;

        int mode = flags & (Libc.O_ACCMODE | Libc.O_APPEND);
        return Platform.Descriptor.Open($"/proc/self/fd/{number}", mode | Libc.O_NONBLOCK | Libc.O_NOCTTY, 0, out _);
    }

    /// <summary>Opening /dev/ptmx (5, 2) again, or a devpts one, would make a new terminal instead of another way to this one.</summary>
    private static bool PseudoTerminalMaster(in FileStatus status) => status.Device is (5, 2);

    private FdWatch Watch() => _watch ??= Reactor.Current.Watch(Descriptor);
}
