namespace Qssh.Wire.Messages.Connection;

/// <summary><c>channel u32, name b8&lt;&gt;, value b16&lt;&gt;</c>: never answered.</summary>
[WireMessage(0x55)]
internal readonly ref partial struct EnvRequest
{
    public required uint Channel { get; init; }

    [Length8]
    public required ReadOnlySpan<byte> Name { get; init; }

    [Length16]
    public required ReadOnlySpan<byte> Value { get; init; }
}
