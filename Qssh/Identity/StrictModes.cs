namespace Qssh.Identity;

/// <summary>
/// Whether only the account and root can change a file: the file and every directory above it, up to the account's home or the root
/// directory, belong to one of them and are not writable by group or others.
/// </summary>
internal static class StrictModes
{
    private const uint WritableByOthers = 0x12; // 0022

    /// <returns>The reason to refuse, for the server's log; null: safe.</returns>
    public static string? Check(IKeyFiles files, string path, in FileFacts opened, string home, uint uid)
    {
        if (files.Resolve(path) is not { } real)
            return $"{path} cannot be resolved";
        if (!IsSafe(opened, uid))
            return $"bad ownership or modes for file {real} ({Describe(opened)})";

        string? end = files.Resolve(home);
        for (string? directory = Path.GetDirectoryName(real); directory is not null; directory = Path.GetDirectoryName(directory))
        {
            if (files.Look(directory) is not { } facts)
                return $"directory {directory} cannot be looked at";
            if (!IsSafe(facts, uid))
                return $"bad ownership or modes for directory {directory} ({Describe(facts)})";
            if (directory == end)
                return null;
        }

        return null;
    }

    private static bool IsSafe(in FileFacts facts, uint uid) => (facts.Owner == 0 || facts.Owner == uid) && (facts.Mode & WritableByOthers) == 0;

    private static string Describe(in FileFacts facts) => $"owner {facts.Owner}, mode {Convert.ToString((int)facts.Mode, 8).PadLeft(4, '0')}";
}
