namespace Qssh.Wire.Messages.Connection;

/// <summary><c>channel u32, stream u8 (1 standard error), data rest (≤ 32768)</c>.</summary>
[WireMessage(0x44)]
internal readonly ref partial struct ChannelExtendedData
{
    public required uint Channel { get; init; }

    [Range(1, 1)]
    public required ExtendedStream Stream { get; init; }

    [Rest(max: ChannelData.MaxData)]
    public required ReadOnlySpan<byte> Data { get; init; }
}
