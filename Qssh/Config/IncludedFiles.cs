using System.IO.Enumeration;

namespace Qssh.Config;

/// <summary>The files an Include pattern names, in order of their names. Wildcards are understood in the last component.</summary>
internal static class IncludedFiles
{
    public static IReadOnlyList<string> Find(string pattern, string directory, string home)
    {
        if (pattern.Length == 0)
            throw new ConfigValueException("empty Include file name.");

        string path = Path.GetFullPath(ConfigTokens.Tilde(pattern, home), directory);
        string folder = Path.GetDirectoryName(path) ?? "/";
        string name = Path.GetFileName(path);
        if (folder.AsSpan().IndexOfAny('*', '?') >= 0)
            throw new ConfigValueException("wildcards are allowed in the last part of an Include path only.");
        if (name.AsSpan().IndexOfAny('*', '?') < 0)
            return [path];
        if (!Directory.Exists(folder))
            return [];

        List<string> found = [];
        foreach (string file in Directory.EnumerateFiles(folder))
        {
            ReadOnlySpan<char> candidate = Path.GetFileName(file.AsSpan());
            bool hidden = candidate[0] == '.' && name[0] != '.';
            if (!hidden && FileSystemName.MatchesSimpleExpression(name, candidate, ignoreCase: false))
                found.Add(file);
        }

        found.Sort(StringComparer.Ordinal);
        return found;
    }
}
