namespace Qssh.Platform;

/// <summary>What the shadow database (shadow(5)) says. All false when it cannot be read: then only our own user is served anyway.</summary>
internal readonly record struct AccountState
{
    /// <summary>There is an entry and we could read it.</summary>
    public bool IsKnown { get; init; }

    /// <summary>
    /// The password begins with "!", as after usermod -L. Systems also create accounts so that never had a password and log in by
    /// key only: whether a key is accepted then is the server's policy.
    /// </summary>
    public bool IsPasswordLocked { get; init; }

    /// <summary>The account's date has passed, or its password expired longer ago than the inactivity period: no login by any means.</summary>
    public bool IsExpired { get; init; }
}
