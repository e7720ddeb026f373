using System.Diagnostics;
using System.Net.Sockets;

namespace Qssh.Lab.Relay;

/// <summary>
/// One direction of a connection: what comes is stamped and kept in a ring, and leaves when its delay is over and the link is free. The times
/// of leaving follow from each other and not from the clock, so that a thread that wakes late loses nothing, up to a fiftieth of a second.
/// </summary>
internal sealed class DelayedLine(Socket from, Socket to, LinkShape shape)
{
    private const int PieceSize = 64 * 1024;

    private static readonly long s_burst = Stopwatch.Frequency / 50;

    private readonly byte[] _ring = GC.AllocateUninitializedArray<byte>(shape.Queue);
    private readonly Queue<(long Due, int Count)> _pieces = [];
    private readonly long _delay = (long)(shape.Delay.TotalSeconds * Stopwatch.Frequency);
    private readonly double _ticksPerByte = shape.Rate == 0 ? 0 : 8.0 * Stopwatch.Frequency / shape.Rate;
    private int _used;
    private bool _isBroken;

    /// <summary>Two threads, until the stream ends or breaks.</summary>
    /// <param name="end">Called twice.</param>
    public void Start(Action end)
    {
        foreach (Action work in (Action[])[Receive, Send])
        {
            new Thread(() =>
            {
                try
                {
                    work();
                }
                catch (Exception e) when (e is SocketException or ObjectDisposedException)
                {
                    Break();
                }

                end();
            })
            { IsBackground = true }.Start();
        }
    }

    private void Receive()
    {
        for (int place = 0; WaitForRoom(out int room);)
        {
            int count = from.Receive(_ring.AsSpan(place, Math.Min(Math.Min(PieceSize, room), _ring.Length - place)));
            Add(count);
            if (count == 0)
                return;
            place = (place + count) % _ring.Length;
        }
    }

    private void Send()
    {
        long free = 0, sent = 0;
        for (int place = 0; WaitForPiece(out long due, out int count);)
        {
            // Virtual time: the link is busy from the moment it became free, however late we are, but nobody saves up more than a burst.
            long start = Math.Max(Math.Max(due, free), Stopwatch.GetTimestamp() - s_burst);
            free = start + (long)(count * _ticksPerByte);
            while (Stopwatch.GetTimestamp() < start)
                Thread.Sleep(Math.Max(1, (int)((start - Stopwatch.GetTimestamp()) * 1000 / Stopwatch.Frequency)));
            if (count == 0)
            {
                to.Shutdown(SocketShutdown.Send);
                return;
            }

            for (int done = 0; done < count;)
                done += to.Send(_ring.AsSpan(place + done, count - done));
            place = (place + count) % _ring.Length;
            Remove(count);
            sent += count;
            if (shape.CutAfter > 0 && sent >= shape.CutAfter)
                Break();
        }
    }

    private bool WaitForRoom(out int room)
    {
        lock (_pieces)
        {
            while (_used == _ring.Length && !_isBroken)
                Monitor.Wait(_pieces);
            room = _ring.Length - _used;
            return !_isBroken;
        }
    }

    /// <param name="count">None: the end of the stream.</param>
    private bool WaitForPiece(out long due, out int count)
    {
        lock (_pieces)
        {
            while (_pieces.Count == 0 && !_isBroken)
                Monitor.Wait(_pieces);
            (due, count) = _isBroken ? default : _pieces.Peek();
            return !_isBroken;
        }
    }

    private void Add(int count)
    {
        lock (_pieces)
        {
            _pieces.Enqueue((Stopwatch.GetTimestamp() + _delay, count));
            _used += count;
            Monitor.Pulse(_pieces);
        }
    }

    private void Remove(int count)
    {
        lock (_pieces)
        {
            _pieces.Dequeue();
            _used -= count;
            Monitor.Pulse(_pieces);
        }
    }

    /// <summary>Both ends see a reset.</summary>
    private void Break()
    {
        from.Close(0);
        to.Close(0);
        lock (_pieces)
        {
            _isBroken = true;
            Monitor.PulseAll(_pieces);
        }
    }
}
