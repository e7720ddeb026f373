using Qssh.Errors;

namespace Qssh.Identity.FileSignatures;

/// <summary>All lines of a file that a user named, or one message about why they cannot be had.</summary>
internal static class KeyLines
{
    /// <param name="title">What the file is, for the message.</param>
    /// <returns>Number and text; the text of a line that is too long is null.</returns>
    public static List<(int Number, string? Text)> Read(string path, string title)
    {
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            return [.. TextLines.Read(stream)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FailureException($"Unable to open {title} \"{path}\": {FileFault.Reason(e)}");
        }
    }
}
