namespace Qssh.Wire.Messages.Connection;

/// <summary><c>channel u32, name b8&lt;&gt;, core u8</c>: signal name without SIG, and whether a core was dumped.</summary>
[WireMessage(0x60)]
internal readonly ref partial struct ExitSignal
{
    public required uint Channel { get; init; }

    [Length8]
    public required ReadOnlySpan<byte> Name { get; init; }

    public required bool Core { get; init; }
}
