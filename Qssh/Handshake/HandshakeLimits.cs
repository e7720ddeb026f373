namespace Qssh.Handshake;

/// <summary>Hard limits before a login is complete (docs/protocol.md, sections 2, 3 and 9).</summary>
internal static class HandshakeLimits
{
    /// <summary>Clear frame payload, kept here as a protocol constant: 768 - 4.</summary>
    private const int ClearPayload = 764;

    private const int SealedPayload = 748;

    /// <summary>CH with all options: 5 clear frames.</summary>
    public const int ClientHello = 5 * ClearPayload;

    /// <summary>SH: 3 clear frames.</summary>
    public const int ServerHello = 3 * ClearPayload;

    /// <summary>HR: 1 clear frame.</summary>
    public const int HelloRetry = ClearPayload;

    /// <summary>SA, SI, SP and SF together, or one UA: 64 frames.</summary>
    public const int Flight = PaddingClass.Largest * SealedPayload;

    /// <summary>QK and CF together, AR, AT, AO: 1 frame.</summary>
    public const int SingleFrame = SealedPayload;

    /// <summary>Hellos on one connection.</summary>
    public const int ClientHellos = 2;

    /// <summary>What a client may send before AR success.</summary>
    public const int ClientFrames = 160;

    public const int ClientAttempts = 6;

    /// <summary>What a server keeps for a client before AR success.</summary>
    public const int ServerMemory = 64 * 1024;

    public const int Banner = 2048;

    public const int First = 4096;

    /// <summary>To CF, from accept; no byte of the peer moves it.</summary>
    public static readonly TimeSpan HandshakeDeadline = TimeSpan.FromSeconds(30);

    /// <summary>To AR success, from accept.</summary>
    public static readonly TimeSpan AuthenticationDeadline = TimeSpan.FromSeconds(120);
}
