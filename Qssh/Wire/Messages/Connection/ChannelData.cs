namespace Qssh.Wire.Messages.Connection;

/// <summary><c>channel u32, data rest (≤ 32768)</c>.</summary>
[WireMessage(0x43)]
internal readonly ref partial struct ChannelData
{
    public const int MaxData = 32_768;

    public required uint Channel { get; init; }

    [Rest(max: MaxData)]
    public required ReadOnlySpan<byte> Data { get; init; }
}
