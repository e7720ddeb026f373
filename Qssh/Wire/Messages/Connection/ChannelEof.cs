namespace Qssh.Wire.Messages.Connection;

/// <summary><c>channel u32</c>: no more data from this side.</summary>
[WireMessage(0x46)]
internal readonly ref partial struct ChannelEof
{
    public required uint Channel { get; init; }
}
