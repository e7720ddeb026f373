using Qssh.Errors;
using Qssh.Platform;

namespace Qssh.Sftp.Client;

/// <summary>Takes what a <see cref="BulkRead"/> brings, in any order.</summary>
internal interface IDataSink
{
    /// <summary>False: the sink has failed and says why itself; nothing more is asked for.</summary>
    public bool Write(long offset, ReadOnlySpan<byte> data);

    /// <summary>Bytes that wait in the sink; they count as on their way.</summary>
    public int Backlog => 0;
}

/// <summary>How a read ended.</summary>
internal enum ReadEnd
{
    /// <summary>All that was wanted, or up to the end of the file where that was wanted.</summary>
    Whole,

    /// <summary>The file ended before the size that was expected.</summary>
    Short,

    /// <summary>The sink did not take it.</summary>
    SinkFailed,
    Cancelled,
}

/// <summary>
/// Reads an open file from an offset to its end by many requests at once. Short answers are asked for again from where they ended; a reply
/// of no bytes at all is a fault, as nothing would ever come to an end. The size that is expected is only where to ask for what is behind
/// it: a file may have grown since, and is read until it ends.
/// </summary>
internal sealed class BulkRead
{
    /// <summary>Servers that give less than they are asked for give round numbers.</summary>
    private const int Round = 1024;

    private readonly BulkQueue _queue;
    private readonly byte[] _handle;
    private readonly IDataSink _sink;
    private readonly long _expected;
    private readonly bool _inOrder;
    private readonly Stack<Piece> _free = [];
    private readonly Notifier _done = new();
    private long _size;
    private long _next;
    private long _end = long.MaxValue;
    private int _outstanding;
    private int _limit;
    private Exception? _fault;
    private bool _sinkFailed;
    private bool _isCancelled;
    private bool _hasShortAnswers;

    /// <param name="size">Where the file is expected to end; null: nobody knows, it is read until it ends.</param>
    /// <param name="inOrder">One request at a time, for a sink that has no offsets.</param>
    public BulkRead(BulkQueue queue, byte[] handle, IDataSink sink, long start, long? size, bool inOrder = false)
    {
        _queue = queue;
        _handle = handle;
        _sink = sink;
        _next = start;
        _expected = size ?? 0;
        _size = size ?? long.MaxValue;
        _inOrder = inOrder;
        _limit = size is null ? 1 : int.MaxValue;
    }

    /// <summary>Known when <see cref="RunAsync"/> has returned.</summary>
    public ReadEnd End { get; private set; }

    /// <summary>Bytes that have come.</summary>
    public long Received { get; private set; }

    public Action<int>? Progress { get; set; }

    /// <summary>At most so much on its way for this file.</summary>
    public int MaxBytes { get; init; } = PipeDepth.Most;

    /// <summary>Stands in line.</summary>
    public bool IsQueued { get; set; }

    /// <summary>There is more to ask for, though perhaps not now: at last, whether anything is behind the size that was expected.</summary>
    public bool HasNext => _fault is null && !_sinkFailed && !_isCancelled && _next <= _size && _next < _end;

    /// <summary>The sink has less to keep than before.</summary>
    public void Wake()
    {
        if (HasNext)
            _queue.Add(this);
    }

    /// <summary>Asks for nothing more.</summary>
    public void Cancel()
    {
        _isCancelled = true;
        _done.Set();
    }

    /// <summary>The session has ended.</summary>
    public void OnLost() => _done.Set();

    /// <exception cref="SftpException">The server refused to read.</exception>
    /// <exception cref="SftpLostException">The session ended.</exception>
    public async ValueTask RunAsync()
    {
        _queue.Add(this);
        while (_outstanding > 0 || (HasNext && _queue.Session.Lost is null))
            await _done.WaitAsync();
        if ((_fault ?? _queue.Session.Lost) is { } fault && (_fault is not null || HasNext))
            throw fault;
        End = _isCancelled ? ReadEnd.Cancelled
            : _sinkFailed ? ReadEnd.SinkFailed
            : _end < _expected ? ReadEnd.Short : ReadEnd.Whole;
    }

    /// <summary>False: not in line any more; <see cref="OnPiece"/> comes back when that changes.</summary>
    public bool AskNext()
    {
        if (_outstanding >= (_inOrder ? 1 : _limit) || (_outstanding > 0 && (long)_outstanding * _queue.ReadSize >= MaxBytes) || _sink.Backlog > _queue.Depth)
            return false;
        int most = _queue.Rate is { } rate ? Math.Min(rate.Piece, _queue.ReadSize) : _queue.ReadSize;
        Piece piece = _free.TryPop(out Piece? old) ? old : new Piece(this);
        piece.Offset = _next;
        piece.Left = LengthOfNext(most);
        _next += piece.Left;
        Ask(piece);
        return true;
    }

    /// <summary>
    /// The last piece asks for a byte more than is expected, so that the end of a small file costs no round trip and no request. Where an answer
    /// without that byte could be a server's largest, the byte behind is asked for by itself, at the same time.
    /// </summary>
    private int LengthOfNext(int most)
    {
        long rest = _size - _next;
        return rest == 0 ? 1 : (int)Math.Min(most, rest >= most || rest % Round == 0 ? rest : rest + 1);
    }

    private void Ask(Piece piece)
    {
        SftpSession session = _queue.Session;
        if (session.Lost is { } lost)
        {
            piece.OnLost(lost);
            return;
        }

        _outstanding++;
        piece.Cost = piece.Left;
        _queue.Spend(piece.Cost, session.Outstanding);
        _queue.Rate?.Spend(piece.Cost);
        SftpWriter writer = session.Begin(SftpPacketType.Read, piece, _handle.Length + 16);
        writer.ByteString(_handle);
        writer.U64((ulong)piece.Offset);
        writer.U32((uint)piece.Left);
        session.End(ref writer);
    }

    private void OnPiece(Piece piece)
    {
        _outstanding--;
        _queue.Refund(piece.Cost);
        ComparePlace(piece);
        bool goesOn = _fault is null && !_sinkFailed && !_isCancelled;
        if (goesOn && piece.Left > 0 && piece.Offset < _end)
        {
            _hasShortAnswers = true;
            Ask(piece);
        }
        else
        {
            _free.Push(piece);
            // A size that is not known: more and more at once, as it goes on.
            if (_limit < int.MaxValue / 2)
                _limit *= 2;
            if (HasNext)
                _queue.Add(this);
        }

        _queue.Resume();
        if (_outstanding == 0)
            _done.Set();
    }

    private void ComparePlace(Piece piece)
    {
        if (piece.Offset > _size)
            (_size, _limit) = (long.MaxValue, 1);
        else if (piece.Offset == _size && piece.Left > 0 && !_hasShortAnswers)
            _end = Math.Min(_end, _size);
    }

    private sealed class Piece(BulkRead owner) : SftpCall
    {
        public long Offset;
        public int Left;
        public int Cost;

        public override int MaxData => Left;

        public override void OnData(ReadOnlySpan<byte> piece)
        {
            // What comes after a failure is dropped.
            if (!owner._sinkFailed && !owner._isCancelled && !owner._sink.Write(Offset, piece))
                owner._sinkFailed = true;
            Offset += piece.Length;
            Left -= piece.Length;
            owner.Received += piece.Length;
            owner.Progress?.Invoke(piece.Length);
        }

        public override void OnDataEnd(int total)
        {
            if (total == 0)
                owner._fault ??= new SftpLostException("the server answered a read with nothing");
            owner.OnPiece(this);
        }

        public override void OnReply(SftpPacketType type, ReadOnlySpan<byte> body)
        {
            if (type != SftpPacketType.Status)
                ProtocolException.Throw($"packet {(byte)type} for a read");
            SftpReader reader = new(body);
            SftpStatus status = (SftpStatus)reader.U32("status");
            if (status == SftpStatus.EndOfFile)
                owner._end = Math.Min(owner._end, Offset);
            else if (status == SftpStatus.Ok)
                ProtocolException.Throw("success without data for a read");
            else
                owner._fault ??= SftpException.Of(status, reader.IsEmpty ? [] : reader.ByteString(SftpLimits.Text, "message"));
            Left = 0;
            owner.OnPiece(this);
        }

        public override void OnLost(Exception reason)
        {
            owner._fault ??= reason;
            owner._outstanding = 0;
            owner._done.Set();
        }
    }
}
