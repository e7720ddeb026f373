using Qssh.Errors;

namespace Qssh.Identity.FileSignatures;

/// <summary>All lines of a file that a user named, or one message about why they cannot be had.</summary>
internal static class KeyLines
{
    /// <param name="title">What the file is, for the message.</param>
    /// <returns>All in order, so that the number of a line is its index and 1; a line that is too long is null.</returns>
    public static List<string?> Read(string path, string title)
    {
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            List<string?> lines = [];
            foreach ((_, string? text) in TextLines.Read(stream))
                lines.Add(text);
            return lines;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FailureException($"Unable to open {title} \"{path}\": {FileFault.Reason(e)}");
        }
    }
}
