using Qssh.Schedule;

namespace Qssh.Handshake;

/// <summary>What the driver does, in the order in which the machine hands it out; sending steps of one connection never overtake each other.</summary>
internal enum RekeyStepKind : byte
{
    /// <summary>Send the control message.</summary>
    Send,

    /// <summary>
    /// Send the control message alone in a frame, right after what was sent before it. It is the last frame under the sending key:
    /// SwitchSending follows, and no frame may come between the two.
    /// </summary>
    SendAlone,

    /// <summary>Seal with the key from the next frame on, counter 0; then call <see cref="RekeyMachine.SendingSwitched"/>.</summary>
    SwitchSending,

    /// <summary>Open with the key from the next frame on, counter 0. To be done before another frame is opened.</summary>
    SwitchReceiving,
}

/// <summary>A message to send, or a key to switch to. The taker owns the key.</summary>
internal sealed class RekeyStep
{
    private RekeyStep(RekeyStepKind kind, byte[]? message, FrameKey? key)
    {
        Kind = kind;
        Message = message;
        Key = key;
    }

    public RekeyStepKind Kind { get; }

    /// <summary>With Send and SendAlone: type, length, body.</summary>
    public ReadOnlyMemory<byte> Message { get; }

    /// <summary>With the switches.</summary>
    public FrameKey? Key { get; }

    public static RekeyStep Send(byte[] message) => new(RekeyStepKind.Send, message, null);

    public static RekeyStep SendAlone(byte[] message) => new(RekeyStepKind.SendAlone, message, null);

    public static RekeyStep SwitchSending(TrafficSecret secret) => new(RekeyStepKind.SwitchSending, null, secret.DeriveFrameKey());

    public static RekeyStep SwitchReceiving(TrafficSecret secret) => new(RekeyStepKind.SwitchReceiving, null, secret.DeriveFrameKey());
}
