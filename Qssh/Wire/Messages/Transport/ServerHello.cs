namespace Qssh.Wire.Messages.Transport;

/// <summary>
/// SH (docs/protocol.md, section 3), from the server: <c>version u16 = 1, random 32, tier u8, suite u16,
/// accepted u8 (kind of early input used, or 0), ciphertext b16&lt;&gt;</c>.
/// </summary>
[WireMessage(0x03)]
internal readonly ref partial struct ServerHello
{
    [Expect(1)]
    public partial ushort Version { get; }

    [Fixed(32)]
    public required ReadOnlySpan<byte> Random { get; init; }

    [Range(1, 5)]
    public required byte Tier { get; init; }

    public required ushort Suite { get; init; }

    [Range(0, 4)]
    public required EarlyKind Accepted { get; init; }

    [Length16]
    public required ReadOnlySpan<byte> Ciphertext { get; init; }
}
