namespace Qssh.Wire.Messages.Connection;

/// <summary><c>id u32</c>: asks for a <see cref="Pong"/> with the same id.</summary>
[WireMessage(0x70)]
internal readonly ref partial struct Ping
{
    public required uint Id { get; init; }
}
