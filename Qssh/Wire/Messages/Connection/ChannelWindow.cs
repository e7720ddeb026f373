namespace Qssh.Wire.Messages.Connection;

/// <summary><c>channel u32, add u32</c>: the receiver takes that many bytes more.</summary>
[WireMessage(0x45)]
internal readonly ref partial struct ChannelWindow
{
    public required uint Channel { get; init; }

    public required uint Add { get; init; }
}
