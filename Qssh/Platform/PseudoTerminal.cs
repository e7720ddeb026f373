using Qssh.Errors;
using Qssh.Platform.Native;

namespace Qssh.Platform;

/// <summary>
/// A pseudo-terminal pair. The master is ours, non-blocking; the slave is for the session child and closed here once that has started,
/// so that the master sees the end (EIO) when the last user program has closed it. Closing the master hangs the session up.
/// </summary>
internal sealed unsafe class PseudoTerminal : IDisposable
{
    private const uint GroupWritable = 0x190;   // 0620: others of group tty may write messages, as write(1) does
    private const uint OwnerOnly = 0x180;       // 0600
    private const uint Everybody = 0x1B6;       // 0666, the mode to compare with before it is narrowed

    private PseudoTerminal(OwnedFd master, OwnedFd slave, string name)
    {
        Master = master;
        Slave = slave;
        Name = name;
    }

    public OwnedFd Master { get; }

    public OwnedFd Slave { get; }

    /// <summary>"/dev/pts/3", for SSH_TTY.</summary>
    public string Name { get; }

    /// <summary>Without help of others: devpts gives the slave to whoever opens the master, and only its lock is left to open.</summary>
    public static PseudoTerminal Open()
    {
        const int Flags = Libc.O_RDWR | Libc.O_NOCTTY | Libc.O_NONBLOCK;
        OwnedFd master = Descriptor.Open("/dev/ptmx", Flags, 0, out int error) ?? Descriptor.Open("/dev/pts/ptmx", Flags, 0, out _)
            ?? throw Failure($"cannot open /dev/ptmx: {Errno.Text(error)}; is devpts mounted on /dev/pts?");
        int unlocked = 0, number;
        if (Libc.Control(master.Value, Libc.TIOCSPTLCK, &unlocked) != 0 || Libc.Control(master.Value, Libc.TIOCGPTN, &number) != 0)
        {
            error = Errno.Last;
            master.Dispose();
            throw Failure(Errno.Text(error));
        }
        string name = "/dev/pts/" + number;

        // By the master where the kernel can (4.13), which also works where /dev/pts is another mount or none.
        var peer = (void*)(Libc.O_RDWR | Libc.O_NOCTTY | Libc.O_CLOEXEC);
        int fd = Libc.Control(master.Value, Libc.TIOCGPTPEER, peer);
        OwnedFd? slave = fd >= 0 ? new OwnedFd(fd) : Descriptor.Open(name, Libc.O_RDWR | Libc.O_NOCTTY, 0, out error);
        if (slave is not null)
            return new PseudoTerminal(master, slave, name);

        master.Dispose();
        throw Failure($"cannot open {name}: {Errno.Text(error)}");
    }

    /// <summary>
    /// Owner the user, group tty with mode 0620, or 0600 where there is no such group. Not root: devpts has made it ours already. A failure
    /// matters only if somebody else could read it then.
    /// </summary>
    public void SetOwner(uint uid, uint gid, uint? terminalGroup)
    {
        if (!UserIdentity.IsRoot)
            return;

        bool owned = Libc.ChangeOwner(Slave.Value, uid, terminalGroup ?? gid) == 0;
        bool narrowed = Libc.ChangeMode(Slave.Value, terminalGroup is null ? OwnerOnly : GroupWritable) == 0;
        if (owned && narrowed)
            return;

        int error = Errno.Last;
        bool safe = FileStatus.OfDescriptor(Slave.Value, out FileStatus status) == 0 && status.Uid == uid
            && (status.Mode & Everybody & ~GroupWritable) == 0;
        if (!safe)
            throw Failure($"cannot give {Name} to user {uid}: {Errno.Text(error)}");
    }

    /// <summary>The modes that the client sent (RFC 4254 section 8).</summary>
    public void ApplyModes(ReadOnlySpan<byte> modes)
    {
        if (modes.IsEmpty || !TerminalSettings.TryGet(Slave.Value, out TerminalSettings settings))
            return;

        TerminalModes.Apply(modes, ref settings);
        settings.Set(Slave.Value, SettingsMoment.Now);
    }

    public void Resize(WindowSize size) => size.Set(Master.Value);

    /// <summary>Signals whatever runs in the foreground of the terminal. False when nobody does.</summary>
    public bool SignalForeground(int signal)
    {
        int group;
        return Libc.Control(Master.Value, Libc.TIOCGPGRP, &group) == 0 && group > 0 && Libc.Kill(-group, signal) == 0;
    }

    public void Dispose()
    {
        Slave.Dispose();
        Master.Dispose();
    }

    private static FailureException Failure(string reason) => new("no pseudo-terminal: " + reason);
}
