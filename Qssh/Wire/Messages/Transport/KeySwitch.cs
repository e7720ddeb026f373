namespace Qssh.Wire.Messages.Transport;

/// <summary>KS (docs/protocol.md, section 3), from both, alone in its frame: <c>kind u8 (1 ratchet, 2 full), generation u32, step u32</c>.</summary>
[WireMessage(0x32)]
internal readonly ref partial struct KeySwitch
{
    [Range(1, 2)]
    public required KeySwitchKind Kind { get; init; }

    public required uint Generation { get; init; }

    public required uint Step { get; init; }
}
