namespace Qssh.Wire.Messages.Connection;

/// <summary><c>channel u32, reply u8, name b8&lt;&gt;</c>.</summary>
[WireMessage(0x54)]
internal readonly ref partial struct SubsystemRequest
{
    public required uint Channel { get; init; }

    public required bool Reply { get; init; }

    [Length8]
    public required ReadOnlySpan<byte> Name { get; init; }
}
