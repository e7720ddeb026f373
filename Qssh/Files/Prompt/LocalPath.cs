namespace Qssh.Files.Prompt;

/// <summary>Local paths as typed.</summary>
internal static class LocalPath
{
    public static string Expand(string path) =>
        path == "~" || path.StartsWith("~/", StringComparison.Ordinal) ? (Environment.GetEnvironmentVariable("HOME") ?? "~") + path[1..] : path;
}
