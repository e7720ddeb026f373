namespace Qssh.Wire.Messages.Connection;

/// <summary>SHA-256 over a key blob (docs/formats.md).</summary>
[WireRecord]
internal readonly ref partial struct KeyDigest
{
    public const int Size = 32;

    [Fixed(Size)]
    public required ReadOnlySpan<byte> Value { get; init; }
}
