namespace Qssh.Tests.Architecture;

/// <summary>Which folder of Qssh/ may use which.</summary>
internal static class Arrows
{
    /// <summary>A folder may use anything to its right, never left, never a sibling inside braces.</summary>
    private const string Order =
        "Program > Commands > {Client Server Tunnel Selftest Speed Files} > {Auth Forwarding Sftp Agent Vault} > Mux > Transport"
        + " > {Handshake Record} > Schedule > {Crypto Wire} > Secrets > Errors";

    private static readonly string[][] s_levels = [.. Order.Split(" > ").Select(level => level.Trim('{', '}').Split(' '))];

    /// <summary>Folders beside that order, and all that they may use.</summary>
    private static readonly Dictionary<string, string[]> s_sides = new()
    {
        ["Identity"] = ["Schedule", "Crypto", "Wire", "Secrets", "Errors"],
        ["Sources"] = ["Schedule", "Crypto", "Wire", "Secrets", "Errors"],
        ["Telemetry"] = ["Crypto", "Secrets", "Errors"],
        ["Config"] = ["Errors"],
        ["Json"] = ["Errors"],
        ["Platform"] = ["Errors"],
        ["Compression"] = ["Errors"],
    };

    /// <summary>Sides that every level from Transport up may use. Sources is not among them: Commands injects it.</summary>
    private static readonly string[] s_common = ["Identity", "Config", "Json", "Compression", "Telemetry", "Platform"];

    private static readonly (string From, string To)[] s_single = [("Commands", "Sources"), ("Secrets", "Platform")];

    public static bool IsFolder(string name) => Level(name) >= 0 || s_sides.ContainsKey(name);

    public static bool Allows(string from, string to)
    {
        if (from == to || s_single.Contains((from, to)))
            return true;
        if (s_sides.TryGetValue(from, out string[]? allowed))
            return allowed.Contains(to);
        return s_sides.ContainsKey(to)
            ? s_common.Contains(to) && Level(from) <= Level("Transport")
            : Level(to) > Level(from);
    }

    private static int Level(string folder) => Array.FindIndex(s_levels, level => level.Contains(folder));
}
