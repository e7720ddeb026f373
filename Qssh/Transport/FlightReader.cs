using Qssh.Errors;
using Qssh.Record;
using Qssh.Wire;

namespace Qssh.Transport;

/// <summary>
/// Reads the messages of one flight out of frames of one kind and holds the flight to its padding class: the smallest class that fits
/// the messages, the rest empty frames of the same kind (docs/protocol.md, section 2).
/// </summary>
internal sealed class FlightReader(RecordConnection connection, FrameKind kind, int maxMessage, int maxFrames) : IDisposable
{
    private readonly MessageAssembler _assembler = new(maxMessage);
    private readonly Queue<byte[]> _messages = [];

    /// <summary>Frames of this flight received so far.</summary>
    public int Frames { get; private set; }

    /// <summary>The next message: type, length, body.</summary>
    public async ValueTask<byte[]> ReadAsync()
    {
        while (true)
        {
            if (_messages.TryDequeue(out byte[]? message))
                return message;
            FrameContent frame = await ReceiveAsync();
            if (frame.Payload.Length == 0)
                ProtocolException.Throw("padding inside a flight");
            Feed(frame.Payload);
        }
    }

    /// <summary>Reads the empty frames up to the class; nothing of another message may have come.</summary>
    public async ValueTask ReadPaddingAsync(int target)
    {
        if (!_assembler.IsAtBoundary || _messages.Count > 0 || Frames > target)
            ProtocolException.Throw("flight holds more than its messages");
        while (Frames < target)
        {
            FrameContent frame = await ReceiveAsync();
            if (frame.Payload.Length != 0)
                ProtocolException.Throw("flight holds more than its messages");
        }
    }

    public void Dispose() => _assembler.Dispose();

    private void Feed(ReadOnlySpan<byte> payload)
    {
        MessageCursor cursor = _assembler.Feed(payload);
        while (cursor.TryNext(out ReadOnlySpan<byte> message))
            _messages.Enqueue(message.ToArray());
    }

    private async ValueTask<FrameContent> ReceiveAsync()
    {
        if (Frames == maxFrames)
            ProtocolException.Throw("flight is too long");
        FrameContent frame = await connection.ReceiveFrameAsync();
        if (frame.Kind != kind)
            ProtocolException.Throw("frame of another kind in this state");
        Frames++;
        return frame;
    }
}
