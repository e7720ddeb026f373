using System.Diagnostics;
using Qssh.Json;
using Qssh.Platform;

namespace Qssh.Selftest.Vectors;

/// <summary>Finds the files below a directory and runs them one after the other.</summary>
internal sealed class VectorRun(string root, bool takesLong)
{
    private readonly List<string> _files = [];

    /// <summary>Files of other names, which are left alone.</summary>
    public int Others { get; private set; }

    public IReadOnlyList<string> Files => _files;

    /// <summary>Collects the files in the order of their names. A file is taken as it is, whatever its name.</summary>
    /// <returns>Null, or why nothing can be run.</returns>
    public string? Find()
    {
        if (FileStatus.OfPath(root, true, out FileStatus status) != 0)
            return "there is no such file or directory, or it may not be looked at";
        if (status.Kind != FileKind.Directory)
            _files.Add(root);
        else if (Walk(root, 0) is { } problem)
            return problem;
        return _files.Count == 0 ? "there is no vector file below it (*.json, *.txt)" : null;
    }

    public FileVerdict Run(string path, Action<int>? progress = null)
    {
        FileVerdict verdict = new(path == root ? Path.GetFileName(path) : Path.GetRelativePath(root, path));
        long start = Stopwatch.GetTimestamp();
        byte[]? content = Read(path, verdict);
        if (content is not null)
            VectorFile.Run(content, path.EndsWith(".txt", StringComparison.Ordinal), takesLong, verdict, progress);
        verdict.Time = Stopwatch.GetElapsedTime(start);
        return verdict;
    }

    /// <summary>Directories behind links are not entered: a link to a parent would never end.</summary>
    private string? Walk(string directory, int depth)
    {
        if (depth > VectorLimits.DirectoryDepth)
            return $"directories are nested deeper than {VectorLimits.DirectoryDepth}";
        string[] entries;
        try
        {
            entries = Directory.GetFileSystemEntries(directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }

        Array.Sort(entries, StringComparer.Ordinal);
        foreach (string entry in entries)
        {
            bool isDirectory = FileStatus.OfPath(entry, false, out FileStatus status) == 0 && status.Kind == FileKind.Directory;
            if (isDirectory && Walk(entry, depth + 1) is { } problem)
                return problem;
            if (isDirectory)
                continue;
            if (!entry.EndsWith(".json", StringComparison.Ordinal) && !entry.EndsWith(".txt", StringComparison.Ordinal))
                Others++;
            else if (_files.Count == VectorLimits.Files)
                return $"there are more than {VectorLimits.Files} files below it";
            else
                _files.Add(entry);
        }

        return null;
    }

    /// <summary>Only regular files: a pipe would keep us waiting for ever.</summary>
    private static byte[]? Read(string path, FileVerdict verdict)
    {
        if (FileStatus.OfPath(path, true, out FileStatus status) != 0)
            verdict.Problem = "cannot be looked at";
        else if (status.Kind != FileKind.Regular)
            verdict.Problem = "not a regular file";
        else if (status.Size > JsonLimits.Text)
            verdict.Problem = $"larger than {JsonLimits.Text >> 20} MiB";
        else
        {
            try
            {
                return File.ReadAllBytes(path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                verdict.Problem = e.Message;
            }
        }

        return null;
    }
}
