using Qssh.Sftp.Client;

namespace Qssh.Files;

/// <summary>A tree whose names can be matched against patterns.</summary>
internal interface IGlobTree
{
    /// <summary>Names in a directory, "" for the one that relative paths start from; empty if it is none.</summary>
    public ValueTask<List<string>> NamesAsync(string directory);

    public ValueTask<bool> ExistsAsync(string path);

    /// <summary>A name that matches may be used; where it may not, that is told.</summary>
    public bool MayUse(string directory, string name) => true;
}

/// <summary>Patterns of whole paths. All matching happens here: a server is only asked for its names.</summary>
internal static class Glob
{
    /// <summary>Sorted paths that match; none if nothing does. Without magic it is the path itself, whether it is there or not.</summary>
    public static async ValueTask<List<string>> ExpandAsync(IGlobTree tree, string pattern)
    {
        if (!GlobPattern.HasMagic(pattern))
            return [GlobPattern.Unescape(pattern)];
        bool slash = pattern.EndsWith('/');
        List<string> found = [pattern.StartsWith('/') ? "/" : ""];
        string[] parts = pattern.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (int i = 0; i < parts.Length && found.Count > 0; i++)
            found = await StepAsync(tree, found, parts[i], isLast: i == parts.Length - 1 && !slash);
        if (slash)
            found = found.ConvertAll(path => path + "/");
        found.Sort(string.CompareOrdinal);
        return found;
    }

    private static async ValueTask<List<string>> StepAsync(IGlobTree tree, List<string> directories, string part, bool isLast)
    {
        List<string> found = [];
        foreach (string directory in directories)
        {
            if (GlobPattern.HasMagic(part))
            {
                foreach (string name in await tree.NamesAsync(directory))
                {
                    if (GlobPattern.Matches(part, name) && tree.MayUse(directory, name))
                        found.Add(LocalFiles.Join(directory, name));
                }

                continue;
            }

            string path = LocalFiles.Join(directory, GlobPattern.Unescape(part));
            if (!isLast || await tree.ExistsAsync(path))
                found.Add(path);
        }

        return found;
    }
}

/// <summary>The files here.</summary>
internal sealed class LocalTree : IGlobTree
{
    public static readonly LocalTree Instance = new();

    public ValueTask<List<string>> NamesAsync(string directory)
    {
        List<string> names = [];
        LocalFiles.List(directory.Length == 0 ? "." : directory, names);
        return new(names);
    }

    public ValueTask<bool> ExistsAsync(string path) => new(LocalFiles.Exists(path));
}

/// <summary>The files of a server. Names that must not become local names match nothing.</summary>
internal sealed class RemoteTree(SftpClient client, bool anyName, TransferReport? report = null) : IGlobTree
{
    public async ValueTask<List<string>> NamesAsync(string directory)
    {
        List<string> names = [];
        try
        {
            foreach (SftpEntry entry in await client.ListAsync(directory.Length == 0 ? "." : directory))
                names.Add(entry.Name);
        }
        catch (SftpException)
        {
            // No directory, or not readable: nothing matches below it, as in a shell.
        }

        return names;
    }

    public async ValueTask<bool> ExistsAsync(string path) => await client.FindAsync(path, follow: false) is not null;

    public bool MayUse(string directory, string name)
    {
        bool safe = RemoteName.IsSafe(name, anyName);
        if (!safe)
            report?.Fail($"{TransferReport.Quote(directory)}: the server gave the name {TransferReport.Quote(name)}, which is refused");
        return safe;
    }
}
