namespace Qssh.Wire.Messages.Connection;

/// <summary><c>channel u32, reason u8 (1 prohibited, 2 connect failed, 3 unknown kind, 4 limit)</c>.</summary>
[WireMessage(0x42)]
internal readonly ref partial struct ChannelRefuse
{
    public required uint Channel { get; init; }

    [Range(1, 4)]
    public required ChannelRefusal Reason { get; init; }
}
