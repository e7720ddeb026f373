namespace Qssh.Wire.Messages.Auth;

/// <summary>One ticket of AR (docs/protocol.md, sections 3 and 10): <c>handle 32, lifetime u32</c> in seconds.</summary>
[WireRecord]
internal readonly ref partial struct Ticket
{
    [Fixed(32)]
    public required ReadOnlySpan<byte> Handle { get; init; }

    public required uint Lifetime { get; init; }
}
