using Qssh.Platform;
using Qssh.Transport;

namespace Qssh.Tests.Support;

/// <summary>One direction of a <see cref="MemoryDuplex"/>: a bounded queue of bytes with the faults that a test asks for.</summary>
internal sealed class MemoryPipe(WireFaults faults)
{
    private readonly byte[] _ring = new byte[faults.Capacity];
    private readonly Random _random = new(faults.Seed);
    private readonly WaitSource _readable = new();
    private readonly WaitSource _writable = new();
    private int _head;
    private int _count;
    private int _underWay;
    private bool _ended;
    private bool _readerGone;
    private bool _writerGone;

    /// <summary>Sees what the writer wrote, before any fault.</summary>
    public Action<ReadOnlySpan<byte>>? Tap { get; set; }

    /// <summary>The writer's bytes are taken and lost: the path is dead and nobody says so.</summary>
    public bool IsDead { get; set; }

    /// <summary>The reader does not read.</summary>
    public bool IsStalled { get; private set; }

    public long Written { get; private set; }

    /// <summary>The writer has said that nothing more follows.</summary>
    public bool IsEnded => _ended;

    private int Visible => IsStalled ? 0 : _count - _underWay;

    private bool IsReadable => Visible > 0 || (!IsStalled && AtEnd);

    private bool AtEnd => (_ended || _writerGone || Written >= faults.CutAt) && _count == 0;

    public void Stall(bool value)
    {
        IsStalled = value;
        WakeReader();
    }

    public int Write(ReadOnlySpan<byte> bytes)
    {
        ObjectDisposedException.ThrowIf(_writerGone, this);
        if (_readerGone)
            throw new ConnectionEndException(EndCause.Broken, "connection lost: reset in the test");
        if (_ended)
            throw new InvalidOperationException("written after the end was said");
        if (bytes.IsEmpty)
            throw new InvalidOperationException("nothing to write");
        int room = IsDead ? bytes.Length : _ring.Length - _count;
        if (room == 0 || _random.Next(100) < faults.Noise)
            return Duplex.WouldBlock;

        int count = Math.Min(Math.Min(room, bytes.Length), Draw(faults.LargestWrite));
        Tap?.Invoke(bytes[..count]);
        if (!IsDead)
            Keep(bytes[..(int)Math.Min(count, Math.Max(0, faults.CutAt - Written))]);
        Written += count;
        WakeReader();
        return count;
    }

    public int Read(Span<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_readerGone, this);
        if (buffer.IsEmpty)
            throw new InvalidOperationException("no room to read into");
        if (!IsReadable || _random.Next(100) < faults.Noise)
            return Duplex.WouldBlock;

        int count = Math.Min(Math.Min(Visible, buffer.Length), Draw(faults.LargestRead));
        int first = Math.Min(count, _ring.Length - _head);
        _ring.AsSpan(_head, first).CopyTo(buffer);
        _ring.AsSpan(0, count - first).CopyTo(buffer[first..]);
        _head = (_head + count) % _ring.Length;
        _count -= count;
        _writable.Complete(true);
        return count;
    }

    public ValueTask<bool> ReadableAsync()
    {
        if (_readerGone)
            return new ValueTask<bool>(false);
        ValueTask<bool> wait = _readable.Start(Reactor.Current);
        WakeReader();
        return wait;
    }

    public ValueTask<bool> WritableAsync()
    {
        if (_writerGone)
            return new ValueTask<bool>(false);
        ValueTask<bool> wait = _writable.Start(Reactor.Current);
        if (_count < _ring.Length || _readerGone || IsDead)
            _writable.Complete(true);
        return wait;
    }

    /// <summary>Nothing more follows.</summary>
    public void End()
    {
        _ended = true;
        WakeReader();
    }

    public void CloseReader()
    {
        _readerGone = true;
        _readable.Complete(false);
        _writable.Complete(true);
    }

    public void CloseWriter()
    {
        _writerGone = true;
        _writable.Complete(false);
        WakeReader();
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        for (int taken = 0; taken < bytes.Length;)
        {
            int tail = (_head + _count) % _ring.Length;
            int count = Math.Min(bytes.Length - taken, _ring.Length - tail);
            bytes.Slice(taken, count).CopyTo(_ring.AsSpan(tail));
            Spoil(_ring.AsSpan(tail, count), Written + taken);
            _count += count;
            taken += count;
        }

        if (faults.Delay > TimeSpan.Zero)
            HoldBack(bytes.Length);
    }

    private void HoldBack(int length)
    {
        _underWay += length;
        Reactor.Current.Schedule(faults.Delay, () =>
        {
            _underWay -= length;
            WakeReader();
        });
    }

    private void Spoil(Span<byte> bytes, long at)
    {
        if (faults.FlipAt >= at && faults.FlipAt < at + bytes.Length)
            bytes[(int)(faults.FlipAt - at)] ^= 0x40;
        if (faults.Forged.Count == 0)
            return;
        foreach ((long offset, byte value) in faults.Forged)
        {
            if (offset >= at && offset < at + bytes.Length)
                bytes[(int)(offset - at)] = value;
        }
    }

    private void WakeReader()
    {
        if (IsReadable)
            _readable.Complete(true);
    }

    private int Draw(int largest) => largest == int.MaxValue ? largest : _random.Next(1, largest + 1);
}
