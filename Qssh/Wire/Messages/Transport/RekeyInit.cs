namespace Qssh.Wire.Messages.Transport;

/// <summary>RI (docs/protocol.md, section 3), from both: <c>generation u32, kem u8, share b16&lt;&gt;, qkd u8 [key_ID 16, qber u16]</c>.</summary>
[WireMessage(0x30)]
internal readonly ref partial struct RekeyInit
{
    public required uint Generation { get; init; }

    public required byte Kem { get; init; }

    [Length16]
    public required ReadOnlySpan<byte> Share { get; init; }

    public required bool HasQkd { get; init; }

    [Fixed(16), When(nameof(HasQkd))]
    public ReadOnlySpan<byte> KeyId { get; init; }

    [When(nameof(HasQkd))]
    public ushort Qber { get; init; }
}
