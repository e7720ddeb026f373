namespace Qssh.Platform;

/// <summary>What the shadow database (shadow(5)) says. All false where there is none, or no entry.</summary>
internal readonly record struct AccountState
{
    /// <summary>There is an entry and we could read it.</summary>
    public bool IsKnown { get; init; }

    /// <summary>It is there and cannot be read: what it would forbid is unknown.</summary>
    public bool IsUnreadable { get; init; }

    /// <summary>The password begins with "!", as after usermod -L. A "*" says that there is no password, and locks nothing.</summary>
    public bool IsPasswordLocked { get; init; }

    /// <summary>The account's date has passed, or its password expired longer ago than the inactivity period: no login by any means.</summary>
    public bool IsExpired { get; init; }
}
