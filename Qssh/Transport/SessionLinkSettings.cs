namespace Qssh.Transport;

/// <summary>What the owner of a session decides about its link.</summary>
internal sealed record SessionLinkSettings
{
    /// <summary>A peer silent for this long is asked; zero or less: never.</summary>
    public TimeSpan KeepAliveInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Questions without an answer before the peer counts as dead.</summary>
    public int KeepAliveCount { get; init; } = 4;

    /// <summary>How long a close waits for a peer that does not read.</summary>
    public TimeSpan CloseTime { get; init; } = TimeSpan.FromMilliseconds(100);
}
