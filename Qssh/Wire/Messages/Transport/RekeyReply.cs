namespace Qssh.Wire.Messages.Transport;

/// <summary>RR (docs/protocol.md, section 3), from both: <c>generation u32, ciphertext b16&lt;&gt;</c>.</summary>
[WireMessage(0x31)]
internal readonly ref partial struct RekeyReply
{
    public required uint Generation { get; init; }

    [Length16]
    public required ReadOnlySpan<byte> Ciphertext { get; init; }
}
