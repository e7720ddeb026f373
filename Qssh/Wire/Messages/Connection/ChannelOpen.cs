namespace Qssh.Wire.Messages.Connection;

/// <summary>
/// <c>channel u32, kind u8, window u32, specifics b16&lt;&gt;</c>. The opener chooses the id, even for the client and odd for the
/// server, so requests can follow without waiting.
/// </summary>
[WireMessage(0x40)]
internal readonly ref partial struct ChannelOpen
{
    public required uint Channel { get; init; }

    /// <summary>Any value decodes: one that is unknown refuses the channel, not the connection.</summary>
    public required ChannelKind Kind { get; init; }

    public required uint Window { get; init; }

    [Length16]
    public required ReadOnlySpan<byte> Specifics { get; init; }
}
