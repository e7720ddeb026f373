using System.IO.Enumeration;

namespace Qssh.Config;

/// <summary>The files an Include pattern names, in order of their names. Wildcards may stand in every part of the path.</summary>
internal static class IncludedFiles
{
    /// <summary>Far more than anybody has; a pattern such as /*/*/* is a mistake.</summary>
    private const int MaxMatches = 4096;

    public static List<string> Find(string pattern, string directory, string home)
    {
        if (pattern.Length == 0)
            throw new ConfigValueException("empty Include file name.");

        string path = Path.GetFullPath(ConfigTokens.Tilde(pattern, home), directory);
        if (path.Contains('['))
            throw new ConfigValueException("wildcards of Include are * and ?.");
        List<string> found = [""];
        bool isPattern = false;
        foreach (string part in path[1..].Split('/'))
        {
            List<string> next = [];
            foreach (string parent in found)
            {
                if (part.AsSpan().IndexOfAny('*', '?') < 0)
                    next.Add(parent + "/" + part);
                else
                    Add(next, parent + "/", part);
            }

            isPattern |= part.AsSpan().IndexOfAny('*', '?') >= 0;
            found = next;
            if (found.Count > MaxMatches)
                throw new ConfigValueException("the Include pattern fits too many files.");
        }

        if (isPattern)
            found.RemoveAll(static file => !File.Exists(file));
        return found;
    }

    private static void Add(List<string> found, string folder, string pattern)
    {
        if (!Directory.Exists(folder))
            return;
        List<string> entries = [];
        foreach (string entry in Directory.EnumerateFileSystemEntries(folder))
        {
            ReadOnlySpan<char> name = Path.GetFileName(entry.AsSpan());
            bool hidden = name[0] == '.' && pattern[0] != '.';
            if (!hidden && FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false))
                entries.Add(entry);
        }

        entries.Sort(StringComparer.Ordinal);
        found.AddRange(entries);
    }
}
