namespace Qssh.Platform;

/// <summary>An entry of the password database (passwd(5)).</summary>
internal sealed record UserAccount
{
    public required string Name { get; init; }

    public required uint Uid { get; init; }

    public required uint Gid { get; init; }

    /// <summary>"/" when the entry has none.</summary>
    public required string Home { get; init; }

    /// <summary>"/bin/sh" when the entry has none (passwd(5)).</summary>
    public required string Shell { get; init; }

    public AccountSource Source { get; init; }

    /// <summary>A shell that only refuses: an account for services, not for people.</summary>
    public bool HasLoginShell => Path.GetFileName(Shell) is not ("nologin" or "false");
}

internal enum AccountSource
{
    File,

    /// <summary>getent(1): a directory service that this machine knows and we do not.</summary>
    Getent,

    /// <summary>Our own uid, which no database knows (a container started with an arbitrary one).</summary>
    Synthesized,
}
