namespace Qssh.Wire.Messages.Connection;

/// <summary>
/// <c>channel u32, reply u8, total u32 (≤ 131072), first rest</c>. A command longer than one message goes on in
/// <see cref="CommandPart"/> messages until <see cref="Total"/> bytes are there.
/// </summary>
[WireMessage(0x52)]
internal readonly ref partial struct ExecRequest
{
    public const int MaxTotal = 131_072;

    /// <summary>Most bytes of a command in one message.</summary>
    public const int MaxPart = 60_000;

    public required uint Channel { get; init; }

    public required bool Reply { get; init; }

    /// <summary>Length of the whole command.</summary>
    [Range(0, MaxTotal)]
    public required uint Total { get; init; }

    [Rest(max: MaxPart)]
    public required ReadOnlySpan<byte> First { get; init; }

    partial void Check()
    {
        if (First.Length > Total)
            WireFault.Rule("ExecRequest.First: longer than the whole command");
    }
}
