namespace Qssh.Files;

/// <summary>How files are copied.</summary>
internal sealed class TransferOptions
{
    /// <summary>Times and permission bits of the source.</summary>
    public bool Preserve { get; init; }

    public bool Recursive { get; init; }

    /// <summary>What is there already of the target stays; the rest is added.</summary>
    public bool Resume { get; init; }

    /// <summary>The target is replaced when all of its new content is there; till then that has another name.</summary>
    public bool Atomic { get; init; }

    /// <summary>The target is on the disk before it counts as copied.</summary>
    public bool Synchronize { get; init; }

    /// <summary>Links inside of a tree stand for what they lead to, as with scp; else they are left out.</summary>
    public bool FollowLinks { get; init; }

    /// <summary>Names of the server may hold control characters.</summary>
    public bool AnyName { get; init; }
}
