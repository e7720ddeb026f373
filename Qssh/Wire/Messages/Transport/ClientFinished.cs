namespace Qssh.Wire.Messages.Transport;

/// <summary>CF (docs/protocol.md, section 3), from the client: <c>mac 32</c>.</summary>
[WireMessage(0x15)]
internal readonly ref partial struct ClientFinished
{
    [Fixed(32)]
    public required ReadOnlySpan<byte> Mac { get; init; }
}
