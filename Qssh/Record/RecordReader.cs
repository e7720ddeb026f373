using Qssh.Errors;

namespace Qssh.Record;

/// <summary>
/// The receiving half of a connection: opens frames or records in place, one after the other, with the key of the moment. It keeps no
/// bytes; the caller holds what is not yet a whole record.
/// </summary>
internal sealed class RecordReader : IDisposable
{
    private RecordLayout _layout;
    private RecordKey? _key;

    /// <summary>The present receiving key, if any.</summary>
    public RecordKey? Key => _key;

    public RecordLayout Layout => _layout;

    /// <summary>Clear and handshake frames must be filled with zeros; inside a session the tag covers the fill.</summary>
    public bool ChecksFill { get; set; } = true;

    /// <summary>Opens the record at the start of the buffer.</summary>
    /// <param name="buffer">Received bytes; opened in place.</param>
    /// <param name="payload">A part of the buffer.</param>
    /// <param name="consumed">Bytes of the whole record.</param>
    /// <returns>False: more bytes are needed, nothing was touched.</returns>
    /// <exception cref="ProtocolException">The record did not open or its header is not valid: the connection ends.</exception>
    public bool TryRead(Span<byte> buffer, out FrameKind kind, out Span<byte> payload, out int consumed) =>
        _layout == RecordLayout.Variable
            ? TryReadVariable(buffer, out kind, out payload, out consumed)
            : TryReadFrame(buffer, out kind, out payload, out consumed);

    /// <summary>The next record has this layout and key; takes the key.</summary>
    public void Switch(RecordLayout layout, RecordKey? key)
    {
        _layout = layout;
        if (!ReferenceEquals(_key, key))
            _key?.Dispose();
        _key = key;
    }

    public void Dispose()
    {
        _key?.Dispose();
        _key = null;
    }

    private bool TryReadFrame(Span<byte> buffer, out FrameKind kind, out Span<byte> payload, out int consumed)
    {
        kind = 0;
        payload = default;
        consumed = 0;
        if (buffer.Length < Frame.Size)
            return false;

        Span<byte> frame = buffer[..Frame.Size];
        Span<byte> content = frame;
        if (_layout != RecordLayout.Clear)
        {
            content = frame[..Frame.InnerSize];
            if (!_key!.Open([], frame))
                ProtocolException.Throw(AlertCode.FrameDidNotOpen, "frame did not open");
        }

        payload = Frame.ReadPayload(content, ChecksFill, out kind);
        consumed = Frame.Size;
        return true;
    }

    private bool TryReadVariable(Span<byte> buffer, out FrameKind kind, out Span<byte> payload, out int consumed)
    {
        kind = 0;
        payload = default;
        consumed = 0;
        if (buffer.Length < VariableRecord.PrefixSize)
            return false;

        int body = VariableRecord.ReadBodySize(buffer);
        if (buffer.Length < VariableRecord.PrefixSize + body)
            return false;

        consumed = VariableRecord.PrefixSize + body;
        Span<byte> content = buffer.Slice(VariableRecord.PrefixSize, body - Frame.TagSize);
        if (!_key!.Open(buffer[..VariableRecord.PrefixSize], buffer[VariableRecord.PrefixSize..consumed]))
            ProtocolException.Throw(AlertCode.FrameDidNotOpen, "record did not open");

        payload = Frame.ReadPayload(content, checkFill: true, out kind);
        if (payload.Length != content.Length - Frame.HeaderSize)
            ProtocolException.Throw("record holds more than its payload");
        return true;
    }
}
