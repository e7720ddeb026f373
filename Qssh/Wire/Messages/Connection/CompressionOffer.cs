namespace Qssh.Wire.Messages.Connection;

/// <summary><c>channel u32, methods b8&lt;u8…&gt; (1–8)</c>: the client asks for packed data on a channel it opens.</summary>
[WireMessage(0x49)]
internal readonly ref partial struct CompressionOffer
{
    public required uint Channel { get; init; }

    [Length8(max: 8, min: 1)]
    public required ReadOnlySpan<byte> Methods { get; init; }
}
