namespace Qssh.Wire.Messages.Connection;

/// <summary><c>channel u32</c>: nothing more from this side.</summary>
[WireMessage(0x47)]
internal readonly ref partial struct ChannelClose
{
    public required uint Channel { get; init; }
}
