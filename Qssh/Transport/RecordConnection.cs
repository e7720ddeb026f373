using Qssh.Errors;
using Qssh.Record;

namespace Qssh.Transport;

/// <summary>
/// Sockets meet frames: fills a slab from the stream, opens records in it, and sends what the writer has ready. During the handshake a
/// driver pulls frames one by one; in the session the link takes whole batches.
/// </summary>
internal sealed class RecordConnection(Duplex stream) : IDisposable
{
    private byte[]? _slab;
    private int _start;
    private int _end;
    private int _high;

    public Duplex Stream { get; } = stream;

    public RecordWriter Writer { get; } = new();

    public RecordReader Reader { get; } = new();

    /// <summary>Records received so far.</summary>
    public long Received { get; private set; }

    /// <summary>Their bytes.</summary>
    public long ReceivedBytes { get; private set; }

    /// <summary>Whether a stranger is over there still, who gets a small slab, or a session, whose bulk data wants a large one.</summary>
    public bool IsSession { get; set; }

    /// <summary>The received bytes that were not consumed yet.</summary>
    public Span<byte> Pending => _slab.AsSpan(_start, _end - _start);

    /// <summary>Opens the next record of what has been received.</summary>
    /// <returns>False: more bytes must be received first.</returns>
    public bool TryRead(out FrameKind kind, out Span<byte> payload)
    {
        if (!Reader.TryRead(Pending, out kind, out payload, out int consumed))
            return false;
        _start += consumed;
        Received++;
        ReceivedBytes += consumed;
        return true;
    }

    /// <summary>Receives once, without waiting.</summary>
    /// <returns>Bytes, 0 at the end of the stream, or <see cref="Duplex.WouldBlock"/>.</returns>
    public int Receive()
    {
        MakeRoom();
        int count = Stream.Receive(_slab.AsSpan(_end));
        if (count > 0)
            _end += count;
        _high = Math.Max(_high, _end);
        if (_end == 0)
            ReleaseIfEmpty();
        return count;
    }

    /// <summary>Receives once and forgets what came, with all that waits: the connection is over.</summary>
    /// <returns>As <see cref="Receive"/>.</returns>
    public int Discard()
    {
        _start = _end;
        int count = Receive();
        _start = _end;
        return count;
    }

    /// <summary>Gives the slab back when nothing is in it: idle connections hold none.</summary>
    public void ReleaseIfEmpty()
    {
        if (_slab is null || _start != _end)
            return;
        SlabPool.Return(_slab, _high);
        _slab = null;
        _start = _end = _high = 0;
    }

    /// <summary>Waits for the next frame of the handshake.</summary>
    /// <exception cref="ConnectionEndException">The peer sent an alert, or the stream ended.</exception>
    public async ValueTask<FrameContent> ReceiveFrameAsync()
    {
        while (true)
        {
            if (TryTake(out FrameContent content))
                return content;
            if (!await Stream.ReadableAsync())
                throw new ConnectionEndException(EndCause.TimedOut, "the connection was closed while waiting");
            if (Receive() == 0)
                throw new ConnectionEndException(EndCause.Truncated, "the peer ended the connection during the handshake");
        }
    }

    /// <summary>Sends all that is ready, waiting for the socket as often as needed.</summary>
    public async ValueTask FlushAsync()
    {
        Writer.Close();
        while (!Writer.IsEmpty)
        {
            if (TrySend())
                continue;
            if (!await Stream.WritableAsync())
                throw new ConnectionEndException(EndCause.TimedOut, "the connection was closed while sending");
        }
    }

    /// <summary>Offers what is ready to the socket once.</summary>
    /// <returns>False: the socket takes nothing now.</returns>
    public bool TrySend()
    {
        int count = Stream.Send(Writer.Ready.Span);
        if (count < 0)
            return false;
        Writer.Sent(count);
        return true;
    }

    public void Dispose()
    {
        Stream.Dispose();
        Writer.Dispose();
        Reader.Dispose();
        if (_slab is not null)
            SlabPool.Return(_slab, _high);
        _slab = null;
        _start = _end = 0;
    }

    private void MakeRoom()
    {
        byte[]? old = _slab;
        if (old is null || (IsSession && old.Length < SlabPool.SlabSize))
            _slab = IsSession ? SlabPool.Rent() : SlabPool.RentSmall();
        if (old is null)
            return;

        old.AsSpan(_start, _end - _start).CopyTo(_slab);
        _end -= _start;
        _start = 0;
        if (ReferenceEquals(old, _slab))
            return;
        SlabPool.Return(old, _high);
        _high = _end;
    }

    private bool TryTake(out FrameContent content)
    {
        content = default;
        if (_slab is null || !TryRead(out FrameKind kind, out Span<byte> payload))
            return false;

        if (kind == FrameKind.Alert)
        {
            if (payload.Length != 1)
                ProtocolException.Throw("alert is not one byte");
            throw ConnectionEndException.FromAlert((AlertCode)payload[0]);
        }

        content = new FrameContent(kind, payload.ToArray());
        return true;
    }
}

/// <summary>A frame of the handshake, copied out of the slab.</summary>
internal readonly record struct FrameContent(FrameKind Kind, byte[] Payload);
