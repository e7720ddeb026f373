namespace Qssh.Wire.Messages.Connection;

/// <summary><c>channel u32, request u8 (type number answered), ok u8</c>.</summary>
[WireMessage(0x48)]
internal readonly ref partial struct RequestReply
{
    public required uint Channel { get; init; }

    /// <summary>Message type of the request that is answered.</summary>
    public required byte Request { get; init; }

    public required bool Ok { get; init; }
}
