namespace Qssh.Wire.Messages.Transport;

/// <summary>QK (docs/protocol.md, section 3), from the client: <c>sae b8&lt;&gt;, key_ID 16, qber u16 (1/10000)</c>.</summary>
[WireMessage(0x14)]
internal readonly ref partial struct QkdKey
{
    [Length8]
    public required ReadOnlySpan<byte> Sae { get; init; }

    [Fixed(16)]
    public required ReadOnlySpan<byte> KeyId { get; init; }

    public required ushort Qber { get; init; }
}
