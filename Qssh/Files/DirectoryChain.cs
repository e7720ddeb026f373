namespace Qssh.Files;

/// <summary>A directory and those above it, as a tree is walked in several places at once: a link to one of them would lead round and round.</summary>
/// <param name="name">What tells it apart: a real path, or device and inode; empty where nobody knows.</param>
internal sealed class DirectoryChain(string name, DirectoryChain? above)
{
    public string Name => name;

    /// <summary>0 for the directory where the walk began.</summary>
    public int Depth { get; } = above is null ? 0 : above.Depth + 1;

    public bool Contains(string other)
    {
        for (DirectoryChain? chain = this; chain is not null; chain = chain.Above)
        {
            if (chain.Name == other)
                return true;
        }

        return false;
    }

    private DirectoryChain? Above => above;
}
