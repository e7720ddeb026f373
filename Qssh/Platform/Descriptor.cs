using Qssh.Errors;
using Qssh.Platform.Native;

namespace Qssh.Platform;

/// <summary>Operations on plain descriptors. Interrupted calls are repeated; everything opened here is close-on-exec.</summary>
internal static unsafe class Descriptor
{
    public static IoResult Read(int fd, Span<byte> buffer)
    {
        fixed (byte* pointer = buffer)
        {
            nint count;
            do
                count = Libc.Read(fd, pointer, (nuint)buffer.Length);
            while (count < 0 && Errno.Last == Errno.Interrupted);
            return Result(count);
        }
    }

    public static IoResult Write(int fd, ReadOnlySpan<byte> data)
    {
        fixed (byte* pointer = data)
        {
            nint count;
            do
                count = Libc.Write(fd, pointer, (nuint)data.Length);
            while (count < 0 && Errno.Last == Errno.Interrupted);
            return Result(count);
        }
    }

    /// <summary>One read into two places, for a ring that wraps around.</summary>
    public static IoResult Read(int fd, Span<byte> first, Span<byte> second)
    {
        fixed (byte* a = first, b = second)
        {
            Libc.IoVector* vectors = stackalloc Libc.IoVector[2];
            Fill(vectors, a, first.Length, b, second.Length);
            nint count;
            do
                count = Libc.ReadVector(fd, vectors, 2);
            while (count < 0 && Errno.Last == Errno.Interrupted);
            return Result(count);
        }
    }

    /// <summary>One write from two places, for a ring that wraps around.</summary>
    public static IoResult Write(int fd, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        fixed (byte* a = first, b = second)
        {
            Libc.IoVector* vectors = stackalloc Libc.IoVector[2];
            Fill(vectors, a, first.Length, b, second.Length);
            nint count;
            do
                count = Libc.WriteVector(fd, vectors, 2);
            while (count < 0 && Errno.Last == Errno.Interrupted);
            return Result(count);
        }
    }

    /// <summary>Null with <paramref name="error"/> set when it cannot be opened.</summary>
    public static OwnedFd? Open(string path, int flags, uint mode, out int error)
    {
        fixed (byte* name = NativeText.Of(path))
        {
            int fd;
            do
                fd = Libc.Open(name, flags | Libc.O_CLOEXEC, mode);
            while (fd < 0 && Errno.Last == Errno.Interrupted);
            error = fd < 0 ? Errno.Last : 0;
            return fd < 0 ? null : new OwnedFd(fd);
        }
    }

    /// <summary>
    /// A pipe. Non-blocking is a property of each end, and an end that a child inherits must block as programs expect.
    /// </summary>
    public static (OwnedFd Read, OwnedFd Write) Pipe(bool nonBlockingRead, bool nonBlockingWrite)
    {
        int* ends = stackalloc int[2];
        bool both = nonBlockingRead && nonBlockingWrite;
        if (Libc.Pipe(ends, Libc.O_CLOEXEC | (both ? Libc.O_NONBLOCK : 0)) != 0)
            throw new FailureException("cannot create a pipe: " + Errno.Text(Errno.Last));

        if (nonBlockingRead && !both)
            SetNonBlocking(ends[0], true);
        if (nonBlockingWrite && !both)
            SetNonBlocking(ends[1], true);
        return (new OwnedFd(ends[0]), new OwnedFd(ends[1]));
    }

    /// <summary>Two ends of a stream. It carries bulk data at half the cost of a pipe, whose memory is single pages.</summary>
    /// <param name="bytes">What may wait in the direction from the second end to the first, if the system allows.</param>
    public static (OwnedFd First, OwnedFd Second) StreamPair(bool nonBlockingSecond, int bytes)
    {
        int* ends = stackalloc int[2];
        if (Libc.SocketPair(Libc.AF_UNIX, Libc.SOCK_STREAM | Libc.SOCK_CLOEXEC, 0, ends) != 0)
            throw new FailureException("cannot create a pair of sockets: " + Errno.Text(Errno.Last));
        SetNonBlocking(ends[1], nonBlockingSecond);
        if (!SocketCalls.Set(ends[1], Libc.SOL_SOCKET, Libc.SO_SNDBUFFORCE, bytes))
            SocketCalls.Set(ends[1], Libc.SOL_SOCKET, Libc.SO_SNDBUF, bytes);
        return (new OwnedFd(ends[0]), new OwnedFd(ends[1]));
    }

    /// <summary>Asks for a larger pipe buffer.</summary>
    /// <returns>False: it stays as it is, as the user's quota of pipe pages may be used up.</returns>
    public static bool EnlargePipe(int fd, int bytes) => Libc.FileControl(fd, Libc.F_SETPIPE_SZ, bytes) >= bytes;

    /// <summary>A second descriptor of the same description, not below <paramref name="minimum"/>.</summary>
    public static OwnedFd Duplicate(int fd, int minimum = 3)
    {
        int copy = Libc.FileControl(fd, Libc.F_DUPFD_CLOEXEC, minimum);
        return copy >= 0 ? new OwnedFd(copy) : throw new FailureException("cannot duplicate a descriptor: " + Errno.Text(Errno.Last));
    }

    public static bool SetNonBlocking(int fd, bool value)
    {
        int flags = Libc.FileControl(fd, Libc.F_GETFL, 0);
        return flags >= 0 && Libc.FileControl(fd, Libc.F_SETFL, value ? flags | Libc.O_NONBLOCK : flags & ~Libc.O_NONBLOCK) == 0;
    }

    /// <summary>Bytes that wait in a pipe; 0 also where nobody can tell.</summary>
    public static int Unread(int fd)
    {
        int count = 0;
        return Libc.Control(fd, Libc.FIONREAD, &count) == 0 ? count : 0;
    }

    public static bool IsOpen(int fd) => Libc.FileControl(fd, Libc.F_GETFD, 0) >= 0;

    /// <summary>Descriptors that this process may still open; no more than <paramref name="most"/> are counted.</summary>
    public static int CountFree(int most)
    {
        Libc.ResourceLimit limit;
        ulong end = Libc.GetLimit(Libc.RLIMIT_NOFILE, &limit) == 0 ? limit.Soft : 1024;
        int free = 0;
        for (int fd = 0; free < most && (ulong)fd < end; fd++)
            free += IsOpen(fd) ? 0 : 1;
        return free;
    }

    public static bool IsTerminal(int fd) => Libc.IsTerminal(fd) == 1;

    /// <returns>0, or the error number.</returns>
    public static int Synchronize(int fd) => Libc.Synchronize(fd) == 0 ? 0 : Errno.Last;

    /// <summary>
    /// Waits for the lock of a file that is open for writing; it goes with the descriptor (fcntl_locking(2), open file description locks).
    /// Not flock(2): the runtime takes that for every file it reads, and fails where it meets ours.
    /// </summary>
    /// <returns>False: locks do not work there.</returns>
    public static bool Lock(int fd)
    {
        var whole = new Libc.FileLock { Type = Libc.F_WRLCK };
        int result;
        do
            result = Libc.Lock(fd, Libc.F_OFD_SETLKW, &whole);
        while (result != 0 && Errno.Last == Errno.Interrupted);
        return result == 0;
    }

    /// <summary>Of a socket: the other side sends no more, or the connection is broken. A look, which takes nothing that was sent.</summary>
    public static bool HasHungUp(int fd)
    {
        var poll = new Libc.PollDescriptor { Descriptor = fd, Events = Libc.POLLRDHUP };
        return Libc.Poll(&poll, 1, 0) > 0;
    }

    /// <summary>Whether a read (or write) would not block now, or comes to that within some time.</summary>
    public static bool IsReady(int fd, bool forWriting, int milliseconds = 0)
    {
        var poll = new Libc.PollDescriptor { Descriptor = fd, Events = forWriting ? Libc.POLLOUT : Libc.POLLIN };
        return Libc.Poll(&poll, 1, milliseconds) != 0;
    }

    private static void Fill(Libc.IoVector* vectors, byte* a, int aLength, byte* b, int bLength)
    {
        vectors[0] = new Libc.IoVector { Base = a, Length = (nuint)aLength };
        vectors[1] = new Libc.IoVector { Base = b, Length = (nuint)bLength };
    }

    private static IoResult Result(nint count) => count >= 0 ? new IoResult(count) : IoResult.Failed(Errno.Last);
}
