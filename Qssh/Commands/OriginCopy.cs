using Qssh.Files;
using Qssh.Platform;

namespace Qssh.Commands;

/// <summary>Runs scp on the host of the source (<c>scp -R</c>).</summary>
internal static class OriginCopy
{
    /// <returns>The status of the client that ran it.</returns>
    public static ValueTask<int> RunAsync(CopyPlace source, CopyPlace target, FileRoute route)
    {
        List<string> words = [route.Program ?? "qssh", "-x", "-oClearAllForwardings=yes", "-n"];
        if (route.ConfigFile is { } file)
            words.AddRange(["-F", file]);
        foreach (string setting in route.Settings)
            words.Add("-o" + setting);
        Destination host = Destination.Parse(source.Host!), other = Destination.Parse(target.Host!);
        if (host.Port is { } port)
            words.AddRange(["-p", port.ToString()]);
        if (host.User is { } user)
            words.AddRange(["-l", user]);
        string there = other.Host.Contains(':') ? $"[{other.Host}]" : other.Host;
        string copy = other.Port is { } otherPort ? $"scp -P {otherPort} -- " : "scp -- ";
        copy += Quote(source.Path) + " " + Quote((other.User is null ? "" : other.User + "@") + there + ":" + target.Path);
        words.AddRange(["--", host.Host, copy]);
        return LocalProgram.RunAsync(words, route.Program is null ? SelfExecutable.Path : null);
    }

    /// <summary>For the shell on the other host.</summary>
    private static string Quote(string word) => $"'{word.Replace("'", "'\\''")}'";
}
