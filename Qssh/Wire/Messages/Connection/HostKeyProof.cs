namespace Qssh.Wire.Messages.Connection;

/// <summary>
/// <c>scheme u8, key b16, signature b16</c>: one for each fingerprint that was asked for. Without a signature: the key cannot be
/// proved now. What is signed is in docs/protocol.md, section 6.
/// </summary>
[WireMessage(0x74)]
internal readonly ref partial struct HostKeyProof
{
    public required byte Scheme { get; init; }

    [Length16(4096, 1)]
    public required ReadOnlySpan<byte> Key { get; init; }

    [Length16(40_960)]
    public required ReadOnlySpan<byte> Signature { get; init; }
}
