using Qssh.Errors;
using Qssh.Platform;

namespace Qssh.Sftp.Client;

/// <summary>Gives the content of a file that is sent.</summary>
internal interface IDataSource
{
    /// <summary>Fills the buffer from the offset: less only at the end of the file. False: it cannot be read, and the source says why itself.</summary>
    public bool Read(long offset, Span<byte> buffer, out int count);

    /// <summary>The next byte that is not in a hole, from this offset on.</summary>
    public long SkipHole(long offset) => offset;
}

/// <summary>Writes an open file by many requests at once, each read straight into the packet that carries it.</summary>
internal sealed class BulkWrite
{
    private const int Overhead = 32;

    private readonly BulkQueue _queue;
    private readonly byte[] _handle;
    private readonly IDataSource _source;
    private readonly Notifier _changed = new();
    private readonly Stack<Piece> _free = [];
    private long _next;
    private int _outstanding;
    private Exception? _fault;
    private bool _isSent;

    public BulkWrite(BulkQueue queue, byte[] handle, IDataSource source, long start)
    {
        _queue = queue;
        _handle = handle;
        _source = source;
        _next = start;
    }

    /// <summary>The source could not be read.</summary>
    public bool SourceFailed { get; private set; }

    /// <summary>Where the source ended, when everything is sent.</summary>
    public long End { get; private set; }

    /// <summary>The end of the last piece that was written: behind it there may be a hole.</summary>
    public long Written { get; private set; }

    public Action<int>? Progress { get; set; }

    /// <summary>Sends nothing more.</summary>
    public void Cancel()
    {
        IsCancelled = true;
        if (!_isSent)
            EndSending();
    }

    public bool IsCancelled { get; private set; }

    /// <summary>The session has ended.</summary>
    public void OnLost() => _changed.Set();

    /// <summary>Until everything is on its way: what follows may be asked behind it already.</summary>
    public async ValueTask SendAsync()
    {
        _queue.Add(this);
        while (!_isSent && _fault is null && _queue.Session.Lost is null)
            await _changed.WaitAsync();
    }

    /// <summary>Until the server has written everything.</summary>
    /// <exception cref="SftpException">It refused.</exception>
    public async ValueTask FinishAsync()
    {
        while (_outstanding > 0 && _queue.Session.Lost is null)
            await _changed.WaitAsync();
        if (_fault is not null || (_outstanding > 0 || !_isSent ? _queue.Session.Lost : null) is not null)
            throw _fault ?? _queue.Session.Lost!;
    }

    /// <summary>One more piece into the session's buffer; false: there is nothing more to send.</summary>
    public bool SendNext()
    {
        if (_isSent)
            return false;
        if (_fault is not null || IsCancelled || _queue.Session.Lost is not null)
            return EndSending();
        _next = _source.SkipHole(_next);
        int most = _queue.Rate is { } rate ? Math.Min(rate.Piece, _queue.WriteSize) : _queue.WriteSize;
        SftpSession session = _queue.Session;
        Piece piece = _free.TryPop(out Piece? old) ? old : new Piece(this);
        SftpWriter writer = session.Begin(SftpPacketType.Write, piece, _handle.Length + Overhead + most);
        writer.ByteString(_handle);
        writer.U64((ulong)_next);
        int lengthAt = writer.Position;
        writer.U32(0);
        bool readable = _source.Read(_next, writer.Reserve(most), out int count);
        if (!readable || count == 0)
        {
            session.Abandon(ref writer);
            SourceFailed |= !readable;
            return EndSending();
        }

        writer.Shrink(most - count);
        writer.PatchU32(lengthAt, (uint)count);
        session.End(ref writer);
        Sent(piece, count);
        if (count < most)
            EndSending();
        return true;
    }

    private void Sent(Piece piece, int count)
    {
        piece.Cost = count;
        _outstanding++;
        _queue.Spend(count, _queue.Session.Outstanding - 1);
        _queue.Rate?.Spend(count);
        _next += count;
        Written = _next;
    }

    private bool EndSending()
    {
        _isSent = true;
        End = _next;
        _changed.Set();
        return false;
    }

    private sealed class Piece(BulkWrite owner) : SftpCall
    {
        public int Cost;

        public override void OnReply(SftpPacketType type, ReadOnlySpan<byte> body)
        {
            if (type != SftpPacketType.Status)
                ProtocolException.Throw($"packet {(byte)type} for a write");
            SftpReader reader = new(body);
            SftpStatus status = (SftpStatus)reader.U32("status");
            if (status != SftpStatus.Ok)
                owner._fault ??= SftpException.Of(status, reader.IsEmpty ? [] : reader.ByteString(SftpLimits.Text, "message"));
            else
                owner.Progress?.Invoke(Cost);
            owner._outstanding--;
            owner._queue.Refund(Cost);
            owner._free.Push(this);
            if (owner._outstanding == 0 || owner._fault is not null)
                owner._changed.Set();
            owner._queue.Resume();
        }

        public override void OnLost(Exception reason)
        {
            owner._fault ??= reason;
            owner._outstanding = 0;
            owner._changed.Set();
        }
    }
}
