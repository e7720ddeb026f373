namespace Qssh.Wire.Messages.Auth;

/// <summary>
/// AR (docs/protocol.md, section 3), from the server: <c>status u8 (0 success, 1 failure, 2 partial), methods u8, left u8,
/// detach_seconds u32, replay_bytes u32, tickets u8 (≤4) × (handle 32, lifetime u32)</c>.
/// </summary>
[WireMessage(0x21)]
internal readonly ref partial struct AuthResult
{
    /// <summary>Most tickets of one login (section 9).</summary>
    public const int MaxTickets = 4;

    [Range(0, 2)]
    public required AuthStatus Status { get; init; }

    [Bits(0x0F)]
    public required AuthMethods Methods { get; init; }

    /// <summary>Attempts left.</summary>
    public required byte Left { get; init; }

    public required uint DetachSeconds { get; init; }

    public required uint ReplayBytes { get; init; }

    [List8(0, MaxTickets)]
    public required RecordList<Ticket> Tickets { get; init; }

    partial void Check()
    {
        // Section 4, AR1: tickets come with success.
        if (Status != AuthStatus.Success && Tickets.Count > 0)
            WireFault.Rule("AuthResult.Tickets: tickets without success");
    }
}
