namespace Qssh.Wire.Messages.Connection;

/// <summary><c>id u32</c>: answers a <see cref="Ping"/>.</summary>
[WireMessage(0x71)]
internal readonly ref partial struct Pong
{
    public required uint Id { get; init; }
}
