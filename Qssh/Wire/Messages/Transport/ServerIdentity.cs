namespace Qssh.Wire.Messages.Transport;

/// <summary>SI (docs/protocol.md, section 3), from the server: <c>kind u8 (1 key, 2 certificate), scheme u8 = SS, identity b16&lt;&gt;</c>.</summary>
[WireMessage(0x11)]
internal readonly ref partial struct ServerIdentity
{
    [Range(1, 2)]
    public required IdentityKind Kind { get; init; }

    public required byte Scheme { get; init; }

    [Length16]
    public required ReadOnlySpan<byte> Identity { get; init; }
}
