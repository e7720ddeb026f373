namespace Qssh.Wire.Messages.Connection;

/// <summary><c>keys u8 (≤16) × (scheme u8, fingerprint 32)</c>: every host key that the server has; answers an empty <see cref="HostKeyRequest"/>.</summary>
[WireMessage(0x73)]
internal readonly ref partial struct HostKeyList
{
    public const int MaxKeys = 16;

    [List8(0, MaxKeys)]
    public required RecordList<ListedKey> Keys { get; init; }
}

/// <summary>One key of the list: <c>scheme u8, fingerprint 32</c>.</summary>
[WireRecord]
internal readonly ref partial struct ListedKey
{
    public required byte Scheme { get; init; }

    [Fixed(KeyDigest.Size)]
    public required ReadOnlySpan<byte> Digest { get; init; }
}
