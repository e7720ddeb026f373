using Qssh.Secrets;

namespace Qssh.Wire;

/// <summary>
/// Puts the messages of one byte stream (one kind, one direction) together again from the payloads of its frames
/// (docs/protocol.md, sections 2 and 3). A message that lies inside one payload is handed out as a view of it. Only a message cut by
/// the end of a payload is copied, to memory that is wiped and freed once it was taken: between messages nothing is kept.
/// </summary>
/// <remarks>Not safe for threads: it belongs to the receive loop.</remarks>
internal sealed class MessageAssembler : IDisposable
{
    private readonly int _maxMessageSize;
    private readonly byte[] _header = new byte[MessageHeader.Size];
    private SecretBuffer? _message;
    private int _have;
    private int _unread;

    /// <param name="maxMessageSize">Largest message of this phase, header included; a header that announces more is refused at once.</param>
    public MessageAssembler(int maxMessageSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxMessageSize, MessageHeader.Size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxMessageSize, MessageHeader.MaxMessageSize);
        _maxMessageSize = maxMessageSize;
    }

    /// <summary>All that was fed has been handed out as whole messages.</summary>
    public bool IsAtBoundary => _unread == 0 && (_have == 0 || IsComplete);

    /// <summary>Bytes of memory held for a message that is not complete.</summary>
    public int BufferedBytes => _message?.Length ?? 0;

    private bool IsComplete => _message is not null && _have == _message.Length;

    /// <summary>Takes the payload of the next frame. Its messages must be taken to the end before the next call.</summary>
    public MessageCursor Feed(ReadOnlySpan<byte> payload)
    {
        if (_unread > 0)
            throw new InvalidOperationException("The messages of the last payload were not all taken.");

        _unread = payload.Length;
        return new MessageCursor(this, payload);
    }

    public void Dispose()
    {
        Release();
        _unread = 0;
    }

    /// <summary>The next whole message, or false after keeping what is left of the payload.</summary>
    internal bool TryNext(scoped ref ReadOnlySpan<byte> payload, out ReadOnlySpan<byte> message)
    {
        if (IsComplete)
            Release();

        bool found = TryView(ref payload, out message) || TryComplete(ref payload, out message);
        _unread = payload.Length;
        return found;
    }

    private bool TryView(scoped ref ReadOnlySpan<byte> payload, out ReadOnlySpan<byte> message)
    {
        message = default;
        if (_have > 0 || payload.Length < MessageHeader.Size)
            return false;

        int size = CheckedSize(payload);
        if (payload.Length < size)
            return false;

        message = payload[..size];
        payload = payload[size..];
        return true;
    }

    private bool TryComplete(scoped ref ReadOnlySpan<byte> payload, out ReadOnlySpan<byte> message)
    {
        message = default;
        if (_message is null)
        {
            Fill(_header, ref payload);
            if (_have < MessageHeader.Size)
                return false;

            _message = new SecretBuffer(CheckedSize(_header));
            _header.CopyTo(_message.Span);
        }

        Fill(_message.Span, ref payload);
        if (!IsComplete)
            return false;

        message = _message.Span;
        return true;
    }

    private void Fill(Span<byte> destination, scoped ref ReadOnlySpan<byte> payload)
    {
        int taken = Math.Min(destination.Length - _have, payload.Length);
        payload[..taken].CopyTo(destination[_have..]);
        payload = payload[taken..];
        _have += taken;
    }

    private int CheckedSize(ReadOnlySpan<byte> header)
    {
        int size = MessageHeader.Read(header).MessageSize;
        if (size > _maxMessageSize)
            WireFault.Length("MessageHeader");

        return size;
    }

    private void Release()
    {
        _message?.Dispose();
        _message = null;
        _have = 0;
    }
}
