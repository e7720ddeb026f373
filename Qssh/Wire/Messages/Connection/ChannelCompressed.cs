namespace Qssh.Wire.Messages.Connection;

/// <summary><c>channel u32, stream u8 (0 data, 1 standard error), block (rest, ≤ 40,960)</c>: data that is packed by the method agreed on.</summary>
[WireMessage(0x4B)]
internal readonly ref partial struct ChannelCompressed
{
    public const int MaxBlock = 40_960;

    public required uint Channel { get; init; }

    [Range(0, 1)]
    public required byte Stream { get; init; }

    [Rest(max: MaxBlock, min: 1)]
    public required ReadOnlySpan<byte> Block { get; init; }
}
