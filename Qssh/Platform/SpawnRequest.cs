namespace Qssh.Platform;

/// <summary>A program to start with exactly these arguments, environment and descriptors, and nothing else of ours.</summary>
internal sealed record SpawnRequest(string Path, IReadOnlyList<string> Arguments)
{
    /// <summary>"NAME=value" entries: the whole environment.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    /// <summary>Descriptor i of the child is a copy of entry i; all others are closed in the child.</summary>
    public IReadOnlyList<int> Descriptors { get; init; } = [];

    /// <summary>It does not see the ^C of the terminal, which means this process alone.</summary>
    public bool IsSparedInterrupt { get; init; }
}
