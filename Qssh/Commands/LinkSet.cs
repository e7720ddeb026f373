namespace Qssh.Commands;

/// <summary>What stands under the name of a link.</summary>
internal enum LinkState
{
    Missing,

    /// <summary>A link to a file called qssh or qssh-something.</summary>
    Ours,

    /// <summary>The executable itself.</summary>
    Executable,
    Foreign,
}

/// <summary>Links to one executable in one directory. Both paths are absolute and free of links.</summary>
internal sealed class LinkSet(string executable, string directory)
{
    private const string OurName = "qssh";

    public string PathOf(string name) => Path.Combine(directory, name);

    public LinkState StateOf(string name)
    {
        FileInfo file = new(PathOf(name));
        if (file.LinkTarget is { } target)
            return IsOurs(target) ? LinkState.Ours : LinkState.Foreign;
        if (file.FullName == executable)
            return LinkState.Executable;

        return file.Exists || Directory.Exists(file.FullName) ? LinkState.Foreign : LinkState.Missing;
    }

    /// <summary>True if something had to be done.</summary>
    public bool Make(string name, bool relative)
    {
        string target = relative ? Path.GetRelativePath(directory, executable) : executable;
        string path = PathOf(name);
        LinkState state = StateOf(name);
        if (state == LinkState.Executable || (state == LinkState.Ours && new FileInfo(path).LinkTarget == target))
            return false;

        // Renamed over the old link, so that the name never points nowhere.
        string fresh = $"{path}.{Environment.ProcessId}";
        File.CreateSymbolicLink(fresh, target);
        File.Move(fresh, path, overwrite: true);
        return true;
    }

    public bool Remove(string name)
    {
        if (StateOf(name) != LinkState.Ours)
            return false;

        File.Delete(PathOf(name));
        return true;
    }

    private bool IsOurs(string target)
    {
        string name = Path.GetFileName(target);
        return name == OurName || name.StartsWith(OurName + "-", StringComparison.Ordinal) || Path.GetFullPath(target, directory) == executable;
    }
}
