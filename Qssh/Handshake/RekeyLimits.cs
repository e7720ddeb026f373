namespace Qssh.Handshake;

/// <summary>Thresholds of rekeying (docs/protocol.md, section 9). The defaults are the protocol's; options and tests may lower them.</summary>
internal sealed record RekeyLimits
{
    private const long GiB = 1L << 30;

    public static readonly RekeyLimits Default = new();

    /// <summary>Soft: ratchet at so many frames or records under one key.</summary>
    public long RatchetFrames { get; init; } = 1L << 20;

    public long RatchetBytes { get; init; } = GiB;

    /// <summary>Soft, when sending.</summary>
    public TimeSpan RatchetAge { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Hard: frames under one key. Bounds the GCM advantage that section 9 computes.</summary>
    public long KeyFrames { get; init; } = 1L << 24;

    /// <summary>Soft: full rekey at so many bytes both ways together (RekeyLimit).</summary>
    public long FullBytes { get; init; } = 64 * GiB;

    /// <summary>Soft, when there is something to send.</summary>
    public TimeSpan FullAge { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Hard: how long an exchange may be open.</summary>
    public TimeSpan ExchangeAge { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Hard: bytes sent while an exchange is open.</summary>
    public long ExchangeBytes { get; init; } = GiB;

    /// <summary>Hard: full rekeys that the peer may start in <see cref="PeerWindow"/>.</summary>
    public int PeerRekeys { get; init; } = 8;

    public TimeSpan PeerWindow { get; init; } = TimeSpan.FromSeconds(60);
}
