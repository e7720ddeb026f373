using System.Text;
using Microsoft.Win32.SafeHandles;
using Qssh.Errors;

namespace Qssh.Config;

/// <summary>Reads a configuration file whole, within limits, and refuses one that others can write.</summary>
internal static class ConfigFile
{
    public const int MaxBytes = 1 << 20, MaxLine = 16 * 1024;

    private const UnixFileMode WritableByOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <param name="required">Missing file: error if required, else null.</param>
    /// <param name="checkMode">The user's own file: must not be writable by group or world, and pass <paramref name="isOwnerTrusted"/>.</param>
    /// <param name="isOwnerTrusted">Whether the open file belongs to the user or to root; null where the caller cannot tell.</param>
    public static string[]? Read(string path, bool required, bool checkMode, Func<SafeFileHandle, bool>? isOwnerTrusted = null)
    {
        // The usual way to say "no file", which everybody can write.
        if (path == "/dev/null")
            return [];
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            if (checkMode && !IsSafe(stream.SafeFileHandle, isOwnerTrusted))
                throw new FailureException($"Bad owner or permissions on {path}: it must belong to you and not be writable by others (chmod go-w {path})");
            return Lines(ReadAll(stream, path));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException && !required)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // An unreadable file is an error even where a missing one is not: its rules would silently not apply.
            throw new FailureException($"Can't open configuration file {path}: {Reason(e)}");
        }
    }

    private static bool IsSafe(SafeFileHandle handle, Func<SafeFileHandle, bool>? isOwnerTrusted) =>
        (File.GetUnixFileMode(handle) & WritableByOthers) == 0 && (isOwnerTrusted is null || isOwnerTrusted(handle));

    private static byte[] ReadAll(FileStream stream, string path)
    {
        using MemoryStream content = new();
        byte[] buffer = new byte[16 * 1024];
        int count;
        while ((count = stream.Read(buffer)) > 0)
        {
            content.Write(buffer, 0, count);
            if (content.Length > MaxBytes)
                throw new FailureException($"configuration file {path} is larger than {MaxBytes} bytes");
        }

        return content.ToArray();
    }

    private static string[] Lines(byte[] content) => Encoding.UTF8.GetString(content).TrimStart('\uFEFF').Split('\n');

    private static string Reason(Exception e) => e switch
    {
        FileNotFoundException or DirectoryNotFoundException => "No such file or directory",
        UnauthorizedAccessException => "Permission denied",
        _ => e.Message,
    };
}
