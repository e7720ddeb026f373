namespace Qssh.Wire.Messages.Transport;

/// <summary>SF (docs/protocol.md, section 3), from the server: <c>mac 32</c>.</summary>
[WireMessage(0x13)]
internal readonly ref partial struct ServerFinished
{
    [Fixed(32)]
    public required ReadOnlySpan<byte> Mac { get; init; }
}
