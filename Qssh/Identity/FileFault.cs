namespace Qssh.Identity;

/// <summary>The reason of a failed file operation, in the words of the C library.</summary>
internal static class FileFault
{
    public static string Reason(Exception e) => e switch
    {
        FileNotFoundException or DirectoryNotFoundException => "No such file or directory",
        UnauthorizedAccessException => "Permission denied",
        _ => e.Message,
    };
}
