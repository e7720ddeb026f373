namespace Qssh.Wire.Messages.Connection;

/// <summary><c>channel u32, milliseconds u32</c>.</summary>
[WireMessage(0x58)]
internal readonly ref partial struct BreakRequest
{
    public required uint Channel { get; init; }

    public required uint Milliseconds { get; init; }
}
