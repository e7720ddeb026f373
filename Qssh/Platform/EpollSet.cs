using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Qssh.Platform.Native;

namespace Qssh.Platform;

/// <summary>
/// epoll(7), level-triggered, with its buffer of events. struct epoll_event is packed to 12 bytes on x86-64 only; elsewhere its
/// 64-bit data is aligned, hence the computed layout.
/// </summary>
internal sealed unsafe class EpollSet : IDisposable
{
    private const int Capacity = 256;
    private static readonly int DataOffset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;
    private static readonly int EventSize = DataOffset + 8;
    private static volatile bool s_isPrecise = true;
    private readonly OwnedFd _epoll;
    private byte* _events;

    public EpollSet()
    {
        int epoll = Libc.EpollCreate(Libc.EPOLL_CLOEXEC);
        if (epoll < 0)
            throw new IOException("cannot create an epoll descriptor: " + Errno.Text(Errno.Last));

        _epoll = new OwnedFd(epoll);
        _events = (byte*)NativeMemory.Alloc((nuint)(Capacity * EventSize));
    }

    ~EpollSet() => Dispose();

    /// <returns>0, or the error number: after the end, that there is no such set, as watches may be disposed later than their reactor.</returns>
    public int Control(int operation, int descriptor, uint interest, ulong data)
    {
        if (_epoll.IsClosed)
            return Errno.BadDescriptor;

        byte* change = stackalloc byte[16];
        Unsafe.WriteUnaligned(change, interest);
        Unsafe.WriteUnaligned(change + DataOffset, data);
        return Libc.EpollControl(_epoll.Value, operation, descriptor, change) == 0 ? 0 : Errno.Last;
    }

    /// <summary>
    /// Waits at most the time given in nanoseconds (-1: for ever). An interruption counts as no event. Whole milliseconds would be counted
    /// from the call, so that whatever woke the loop last would show in when the next timer runs: keystroke cover must not do that.
    /// </summary>
    public int Wait(long nanoseconds)
    {
        int count = s_isPrecise && nanoseconds > 0 ? WaitPrecisely(nanoseconds) : Libc.EpollWait(_epoll.Value, _events, Capacity, Milliseconds(nanoseconds));
        if (count >= 0)
            return count;

        int error = Errno.Last;
        if (s_isPrecise && error is Errno.NotImplemented or Errno.NotPermitted)
        {
            // An older kernel, or a filter for system calls that does not know this one.
            s_isPrecise = false;
            return Wait(nanoseconds);
        }

        return error == Errno.Interrupted ? 0 : throw new IOException("cannot wait for events: " + Errno.Text(error));
    }

    public uint Events(int index) => Unsafe.ReadUnaligned<uint>(_events + index * EventSize);

    public ulong Data(int index) => Unsafe.ReadUnaligned<ulong>(_events + index * EventSize + DataOffset);

    public void Dispose()
    {
        _epoll?.Dispose();
        NativeMemory.Free(_events);
        _events = null;
        GC.SuppressFinalize(this);
    }

    /// <summary>Rounded up, so that the wake-up is not early.</summary>
    internal static int Milliseconds(long nanoseconds) =>
        nanoseconds <= 0 ? (int)nanoseconds : (int)Math.Min((nanoseconds - 1) / MonotonicClock.NanosecondsPerMillisecond + 1, int.MaxValue);

    private int WaitPrecisely(long nanoseconds)
    {
        (long seconds, long rest) = Math.DivRem(nanoseconds, 1000 * MonotonicClock.NanosecondsPerMillisecond);
        Libc.TimeSpec time = new() { Seconds = seconds, Nanoseconds = rest };
        return (int)Libc.EpollWaitPrecisely(Libc.SYS_epoll_pwait2, _epoll.Value, _events, Capacity, &time, 0, 0);
    }
}
