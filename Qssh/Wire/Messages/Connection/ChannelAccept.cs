namespace Qssh.Wire.Messages.Connection;

/// <summary><c>channel u32, window u32</c>.</summary>
[WireMessage(0x41)]
internal readonly ref partial struct ChannelAccept
{
    public required uint Channel { get; init; }

    public required uint Window { get; init; }
}
