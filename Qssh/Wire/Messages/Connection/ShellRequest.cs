namespace Qssh.Wire.Messages.Connection;

/// <summary><c>channel u32, reply u8</c>.</summary>
[WireMessage(0x51)]
internal readonly ref partial struct ShellRequest
{
    public required uint Channel { get; init; }

    public required bool Reply { get; init; }
}
