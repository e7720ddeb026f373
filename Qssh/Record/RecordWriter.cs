using Qssh.Errors;

namespace Qssh.Record;

/// <summary>
/// The sending half of a connection: cuts byte streams of the kinds into frames or records, seals each in place as soon as it is full and
/// keeps what is ready until the socket has taken it. Used by the connection's own thread only.
/// <code>
/// slab: | sent | ready: sealed, not sent | open: one record that still takes payload | free |
///              _start                   _open                                       capacity
/// </code>
/// </summary>
internal sealed class RecordWriter : IDisposable
{
    /// <summary>
    /// What data may not use: room for answers (window updates, pongs, rekey, alerts) while the peer does not read. A peer that makes us
    /// fill it ends the connection.
    /// </summary>
    private const int Reserve = 32 * 1024;

    /// <summary>Writes up to this many bytes begin in a small slab.</summary>
    private const int SmallWrite = 16 * 1024;

    private byte[]? _slab;
    private int _start;
    private int _open;
    private int _fill = -1;
    private FrameKind _kind;
    private RecordLayout _layout;
    private RecordKey? _key;

    /// <summary>Sealed bytes that wait for the socket.</summary>
    public ReadOnlyMemory<byte> Ready => _slab.AsMemory(_start, _open - _start);

    /// <summary>True while no byte waits, sealed or open.</summary>
    public bool IsEmpty => _start == _open && _fill < 0;

    /// <summary>Payload bytes that data may append now; not more than zero means: wait for the socket.</summary>
    public int Room => SlabPool.SlabSize - Reserve - (_open - _start) - (_fill < 0 ? 0 : _fill);

    /// <summary>Payload bytes in the record that is still open.</summary>
    public int OpenBytes => Math.Max(0, _fill);

    /// <summary>The present sending key, if any.</summary>
    public RecordKey? Key => _key;

    /// <summary>Frames or records cut so far, over all keys.</summary>
    public long Count { get; private set; }

    /// <summary>Their bytes on the wire.</summary>
    public long Bytes { get; private set; }

    public RecordLayout Layout => _layout;

    private int PayloadOffset => _layout == RecordLayout.Variable ? VariableRecord.PrefixSize + Frame.HeaderSize : Frame.HeaderSize;

    private int PayloadCapacity => _layout switch
    {
        RecordLayout.Clear => Frame.ClearPayload,
        RecordLayout.Frames => Frame.SealedPayload,
        _ => VariableRecord.MaxPayload,
    };

    private int MaxRecord => _layout == RecordLayout.Variable ? VariableRecord.MaxSize : Frame.Size;

    /// <summary>Adds bytes to the stream of a kind; records that become full are sealed, the last one stays open.</summary>
    public void Append(FrameKind kind, ReadOnlySpan<byte> bytes)
    {
        if (_fill >= 0 && _kind != kind)
            Close();
        if (bytes.Length > SmallWrite && _slab?.Length < SlabPool.SlabSize)
            MoveTo(SlabPool.Rent());

        while (!bytes.IsEmpty)
        {
            if (_fill < 0)
                Begin(kind, bytes.Length);
            int count = Math.Min(PayloadCapacity - _fill, bytes.Length);
            bytes[..count].CopyTo(_slab.AsSpan(_open + PayloadOffset + _fill));
            _fill += count;
            bytes = bytes[count..];
            if (_fill == PayloadCapacity)
                Close();
        }
    }

    /// <summary>Ends the open record, if there is one: the rest of a frame is zero fill.</summary>
    public void Close()
    {
        if (_fill < 0)
            return;

        Span<byte> space = _slab.AsSpan(_open, _layout == RecordLayout.Variable ? VariableRecord.PrefixSize + Frame.HeaderSize + _fill + Frame.TagSize : Frame.Size);
        if (_layout == RecordLayout.Variable)
            SealVariable(space);
        else
            SealFrame(space);
        _open += space.Length;
        _fill = -1;
        Count++;
        Bytes += space.Length;
    }

    /// <summary>Cuts one record that holds exactly these bytes and no others; empty ones are padding or fill.</summary>
    public void AppendAlone(FrameKind kind, ReadOnlySpan<byte> bytes)
    {
        Close();
        Begin(kind, bytes.Length);
        Append(kind, bytes);
        Close();
    }

    /// <summary>Adds empty frames of the kind until <paramref name="used"/> has grown to <paramref name="target"/> (padding classes).</summary>
    public void Pad(FrameKind kind, int used, int target)
    {
        Close();
        for (; used < target; used++)
            AppendAlone(kind, []);
    }

    /// <summary>From the next record on the layout and key are these; takes the key.</summary>
    public void Switch(RecordLayout layout, RecordKey? key)
    {
        Close();
        _layout = layout;
        if (!ReferenceEquals(_key, key))
            _key?.Dispose();
        _key = key;
    }

    /// <summary>The socket has taken this many bytes of <see cref="Ready"/>.</summary>
    public void Sent(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _open - _start);
        _start += count;
        if (IsEmpty)
            Release();
    }

    public void Dispose()
    {
        _key?.Dispose();
        _key = null;
        Release();
    }

    private void Begin(FrameKind kind, int size)
    {
        _slab ??= size <= SmallWrite ? SlabPool.RentSmall() : SlabPool.Rent();
        if (_slab.Length - _open < MaxRecord)
            Compact();
        _kind = kind;
        _fill = 0;
    }

    private void Compact()
    {
        int waiting = _open - _start;
        if (_slab!.Length - waiting >= MaxRecord)
            MoveTo(_slab);
        else if (_slab.Length < SlabPool.SlabSize)
            MoveTo(SlabPool.Rent());
        else
            ProtocolException.Throw(AlertCode.SessionLimit, "the peer does not read our answers");
    }

    /// <summary>What waits moves to the start of its slab, or of a larger one, with the record that is open.</summary>
    private void MoveTo(byte[] slab)
    {
        byte[] old = _slab!;
        int end = _fill < 0 ? _open : _open + PayloadOffset + _fill;
        old.AsSpan(_start, end - _start).CopyTo(slab);
        if (!ReferenceEquals(old, slab))
            SlabPool.Return(old, _fill < 0 ? 0 : old.Length);
        _slab = slab;
        _open -= _start;
        _start = 0;
    }

    private void SealFrame(Span<byte> frame)
    {
        Frame.WriteHeader(frame, _kind, _fill);
        // The layout says whether to seal, not the key: a writer that has lost its key must not fall back to clear frames.
        bool isClear = _layout == RecordLayout.Clear;
        frame[(Frame.HeaderSize + _fill)..(isClear ? Frame.Size : Frame.InnerSize)].Clear();
        if (!isClear)
            _key!.Seal([], frame);
    }

    private void SealVariable(Span<byte> record)
    {
        int inner = Frame.HeaderSize + _fill;
        VariableRecord.WritePrefix(record, inner);
        Span<byte> content = record.Slice(VariableRecord.PrefixSize, inner);
        Frame.WriteHeader(content, _kind, _fill);
        _key!.Seal(record[..VariableRecord.PrefixSize], record[VariableRecord.PrefixSize..]);
    }

    private void Release()
    {
        // All that was sealed is ciphertext; only a record that was still open holds plaintext.
        if (_slab is not null)
            SlabPool.Return(_slab, _fill < 0 ? 0 : _slab.Length);
        _slab = null;
        _start = _open = 0;
        _fill = -1;
    }
}
