namespace Qssh.Wire.Messages.Connection;

/// <summary><c>channel u32, method u8</c>: the answer to <see cref="CompressionOffer"/>; 0 is none.</summary>
[WireMessage(0x4A)]
internal readonly ref partial struct CompressionChoice
{
    public required uint Channel { get; init; }

    public required byte Method { get; init; }
}
