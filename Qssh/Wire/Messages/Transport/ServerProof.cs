namespace Qssh.Wire.Messages.Transport;

/// <summary>SP (docs/protocol.md, section 3), from the server: <c>signature b16&lt;&gt;</c>.</summary>
[WireMessage(0x12)]
internal readonly ref partial struct ServerProof
{
    [Length16]
    public required ReadOnlySpan<byte> Signature { get; init; }
}
