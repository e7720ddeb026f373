namespace Qssh.Wire.Messages.Connection;

/// <summary><c>channel u32, name b8&lt;&gt;</c>: signal name without SIG, as in RFC 4254, section 6.10.</summary>
[WireMessage(0x57)]
internal readonly ref partial struct SignalRequest
{
    public required uint Channel { get; init; }

    [Length8]
    public required ReadOnlySpan<byte> Name { get; init; }
}
