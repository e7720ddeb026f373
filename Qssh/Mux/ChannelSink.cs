using System.Buffers;
using Qssh.Platform;
using Qssh.Record;

namespace Qssh.Mux;

/// <summary>
/// Carries channel data out to one stream. What arrives in one turn of the reactor leaves in one write: a pipe's reader is woken once, not
/// for each message. What the stream does not take waits here, at most a window, and is credited as it leaves. If the reader of the stream has gone, data is dropped and credited: the sender learns of it by the end of
/// the session, as with any pipe.
/// </summary>
internal sealed class ChannelSink(MuxChannel channel, IStreamEnd output, Action? drained = null) : IDisposable
{
    /// <summary>Small pieces share a buffer: what waits costs its own size, not an object for each message of the peer.</summary>
    private const int SmallestBuffer = 4096;

    private readonly Queue<Piece> _backlog = [];
    private Piece? _last;
    private int _offset;
    private Action? _flush;
    private bool _draining;
    private bool _ending;
    private bool _broken;

    /// <summary>Nothing waits and, after <see cref="End"/>, the stream is closed.</summary>
    public bool IsIdle => _backlog.Count == 0;

    /// <summary>Buffers that hold what waits.</summary>
    internal int Buffers => _backlog.Count;

    /// <summary>The reader of the stream is gone.</summary>
    public bool IsBroken => _broken;

    public void Take(ReadOnlySpan<byte> data)
    {
        if (_broken)
            channel.Consumed(data.Length);
        else
            Keep(data);
    }

    /// <summary>No more data comes: the stream is closed when all has left.</summary>
    public void End()
    {
        _ending = true;
        if (!_draining)
            Finish();
    }

    public void Dispose()
    {
        _broken = true;
        output.Dispose();
        DropBacklog();
    }

    private void Keep(ReadOnlySpan<byte> rest)
    {
        _last?.Add(ref rest);
        if (!rest.IsEmpty)
        {
            // Bulk data is gathered in a slab: a message of full size, and what the rest of the received slab brings.
            bool bulk = rest.Length >= MuxChannel.MaxData / 2;
            _last = new Piece(bulk ? SlabPool.Rent() : ArrayPool<byte>.Shared.Rent(Math.Max(rest.Length, SmallestBuffer)));
            _last.Add(ref rest);
            _backlog.Enqueue(_last);
        }

        if (_draining)
            return;
        _draining = true;
        Reactor.Current.Post(_flush ??= Flush);
    }

    private void Flush()
    {
        WriteSome();
        if (_backlog.Count > 0 && !_broken)
            Reactor.Current.Start(DrainAsync);
        else
            Drained();
    }

    private async ValueTask DrainAsync()
    {
        while (_backlog.Count > 0 && !_broken)
        {
            // False: the owner has closed the stream under us.
            if (await output.WritableAsync())
                WriteSome();
            else
                _broken = true;
        }

        Drained();
    }

    private void Drained()
    {
        _draining = false;
        if (_broken)
            DropBacklog();
        Finish();
    }

    private void WriteSome()
    {
        while (_backlog.TryPeek(out Piece? piece))
        {
            IoResult result = output.Write(piece.Buffer.AsSpan(_offset, piece.Length - _offset));
            if (result.WouldBlock)
                return;
            if (!result.IsOk)
            {
                _broken = true;
                return;
            }

            _offset += result.Count;
            channel.Consumed(result.Count);
            if (_offset == piece.Length)
                DropFirst();
        }
    }

    private void Finish()
    {
        if (_ending)
            output.Dispose();
        drained?.Invoke();
    }

    private void DropBacklog()
    {
        while (_backlog.TryPeek(out Piece? piece))
        {
            int rest = piece.Length - _offset;
            DropFirst();
            channel.Consumed(rest);
        }
    }

    private void DropFirst()
    {
        _offset = 0;
        Piece piece = _backlog.Dequeue();
        if (_backlog.Count == 0)
            _last = null;
        if (piece.Buffer.Length == SlabPool.SlabSize)
            SlabPool.Return(piece.Buffer, piece.Length);
        else
            ArrayPool<byte>.Shared.Return(piece.Buffer, clearArray: true);
    }

    private sealed class Piece(byte[] buffer)
    {
        public byte[] Buffer => buffer;

        public int Length { get; private set; }

        /// <summary>Takes what there is room for off the front.</summary>
        public void Add(ref ReadOnlySpan<byte> data)
        {
            int count = Math.Min(data.Length, buffer.Length - Length);
            data[..count].CopyTo(buffer.AsSpan(Length));
            Length += count;
            data = data[count..];
        }
    }
}
