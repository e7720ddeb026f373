namespace Qssh.Wire.Messages.Connection;

/// <summary><c>channel u32, part rest</c>: the next bytes of the command of an <see cref="ExecRequest"/>; never none.</summary>
[WireMessage(0x53)]
internal readonly ref partial struct CommandPart
{
    public required uint Channel { get; init; }

    [Rest(max: ExecRequest.MaxPart, min: 1)]
    public required ReadOnlySpan<byte> Part { get; init; }
}
