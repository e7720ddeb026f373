namespace Qssh.Files.Legacy;

/// <summary>
/// What was asked for from a peer that names its files by itself. The other host's shell makes names of the path, so patterns and braces are
/// matched here again; what else a shell would do with a path cannot be checked, and is taken with -T only.
/// </summary>
internal sealed class LegacyRequest(string path, bool anyName)
{
    private readonly string _name = LocalFiles.NameOf(path);

    public string Path => path;

    /// <summary>Several names may come.</summary>
    public bool IsPattern => anyName || GlobPattern.HasMagic(_name) || _name.Contains('{');

    /// <summary>It names a directory by where it is: what is in it goes into the target.</summary>
    public bool IsPlace => _name is "." or ".." or "/" || IsHome;

    public bool Allows(string name) => IsHome ? RemoteName.IsSafeHome(name, anyName) : anyName || Matches(_name, name);

    /// <summary>The name of a home directory is for its host to know. Shells take "~" with anything but the name of a user as it stands.</summary>
    private bool IsHome
    {
        get
        {
            foreach (char c in path.TrimEnd('/').AsSpan(path.StartsWith('~') ? 1 : 0))
            {
                if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '_' or '-'))
                    return false;
            }

            return path.StartsWith('~');
        }
    }

    private static bool Matches(string pattern, string name)
    {
        int open = pattern.IndexOf('{'), close = open, depth = 0;
        List<int> cuts = [open];
        for (; open >= 0 && close < pattern.Length; close++)
        {
            depth += pattern[close] == '{' ? 1 : pattern[close] == '}' ? -1 : 0;
            if (depth == 1 && pattern[close] == ',')
                cuts.Add(close);
            if (depth == 0)
                break;
        }

        // As in shells, braces without a comma are themselves.
        if (open < 0 || depth > 0 || cuts.Count == 1)
            return GlobPattern.Matches(pattern, name);
        cuts.Add(close);
        for (int i = 1; i < cuts.Count; i++)
        {
            if (Matches(string.Concat(pattern.AsSpan(0, open), pattern.AsSpan(cuts[i - 1] + 1, cuts[i] - cuts[i - 1] - 1), pattern.AsSpan(close + 1)), name))
                return true;
        }

        return false;
    }
}
