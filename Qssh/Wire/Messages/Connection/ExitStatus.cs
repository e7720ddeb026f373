namespace Qssh.Wire.Messages.Connection;

/// <summary><c>channel u32, status u32</c>.</summary>
[WireMessage(0x59)]
internal readonly ref partial struct ExitStatus
{
    public required uint Channel { get; init; }

    public required uint Status { get; init; }
}
