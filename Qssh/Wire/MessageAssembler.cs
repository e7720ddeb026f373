using System.Buffers;
using Qssh.Secrets;

namespace Qssh.Wire;

/// <summary>
/// Puts the messages of one byte stream (one kind, one direction) together again from the payloads of its frames
/// (docs/protocol.md, sections 2 and 3). A message that lies inside one payload is handed out as a view of it. Only a message cut by
/// the end of a payload is copied, to pooled memory that serves the next cut message too and is wiped and given back when a payload ends
/// with a message: bulk data allocates nothing, an idle stream keeps nothing.
/// </summary>
/// <remarks>Not safe for threads: it belongs to the receive loop.</remarks>
internal sealed class MessageAssembler : IDisposable
{
    private readonly int _maxMessageSize;
    private readonly byte[] _header = new byte[MessageHeader.Size];
    private byte[]? _buffer;
    private int _size;
    private int _used;
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
    public int BufferedBytes => _buffer is null ? 0 : _size;

    private bool IsComplete => _size > 0 && _have == _size;

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
            _have = _size = 0;

        bool found = TryView(ref payload, out message) || TryComplete(ref payload, out message);
        _unread = payload.Length;
        if (!found && _have == 0)
            Release();
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
        if (_size == 0)
        {
            Fill(_header, ref payload);
            if (_have < MessageHeader.Size)
                return false;

            Reserve(CheckedSize(_header));
            _header.CopyTo(_buffer.AsSpan());
        }

        Fill(_buffer.AsSpan(0, _size), ref payload);
        if (!IsComplete)
            return false;

        message = _buffer.AsSpan(0, _size);
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

    private void Reserve(int size)
    {
        if (_buffer is not null && _buffer.Length < size)
            ReturnBuffer();
        _buffer ??= ArrayPool<byte>.Shared.Rent(size);
        _size = size;
        _used = Math.Max(_used, size);
    }

    private void Release()
    {
        ReturnBuffer();
        _have = _size = 0;
    }

    private void ReturnBuffer()
    {
        if (_buffer is null)
            return;
        ConstantTime.Wipe(_buffer.AsSpan(0, _used));
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = null;
        _used = 0;
    }
}
