using System.Net.Sockets;
using Qssh.Errors;
using Qssh.Record;
using Qssh.Wire;

namespace Qssh.Tests.Support;

/// <summary>What a scripted client and a scripted server do alike once there is a session: its stream of messages.</summary>
internal abstract class ScriptedSession(Socket socket) : ScriptedPeer(socket)
{
    private readonly MessageAssembler _messages = new(MessageHeader.MaxMessageSize);
    private readonly Queue<byte[]> _waiting = [];

    /// <summary>The code of the alert that ended <see cref="ReceiveMessage"/>.</summary>
    public AlertCode? LastAlert { get; private set; }

    public void SendSession(params ReadOnlySpan<byte[]> messages) => SendFlight(FrameKind.Session, 0, messages);

    /// <summary>The next message of the session stream; fill is passed over. Null at the end or at an alert.</summary>
    public byte[]? ReceiveMessage()
    {
        while (_waiting.Count == 0)
        {
            switch (Receive())
            {
                case { Kind: FrameKind.Session } record:
                    Feed(record.Payload);
                    break;
                case { Kind: FrameKind.Fill }:
                    break;
                case { Kind: FrameKind.Alert } alert:
                    LastAlert = (AlertCode)alert.Payload[0];
                    return null;
                default:
                    return null;
            }
        }

        return _waiting.Dequeue();
    }

    public override void Dispose()
    {
        _messages.Dispose();
        base.Dispose();
    }

    protected void Feed(byte[] payload)
    {
        MessageCursor cursor = _messages.Feed(payload);
        while (cursor.TryNext(out ReadOnlySpan<byte> message))
            _waiting.Enqueue(message.ToArray());
    }
}
