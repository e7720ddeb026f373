using System.Text;
using Qssh.Files;
using Qssh.Platform;

namespace Qssh.Commands;

/// <summary>Runs scp on the host of the source (<c>scp -R</c>).</summary>
internal static class OriginCopy
{
    /// <param name="command">scp and its options.</param>
    /// <returns>The status of the client that ran it.</returns>
    public static ValueTask<int> RunAsync(CopyPlace source, CopyPlace target, FileRoute route, string command)
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
        string copy = other.Port is { } otherPort ? $"{command}-P {otherPort} -- " : command + "-- ";
        copy += Pattern(source.Path) + " " + Quote((other.User is null ? "" : other.User + "@") + there + ":" + target.Path);
        words.AddRange(["--", host.Host, copy]);
        return LocalProgram.RunAsync(words, route.Program is null ? SelfExecutable.Path : null);
    }

    /// <summary>For the shell on the other host, which makes names of it; to its scp none of them is on a third host.</summary>
    private static string Pattern(string path)
    {
        StringBuilder word = new(path is ['/' or '~', ..] || !path.Contains(':') ? "" : "./");
        foreach (char c in path.Length == 0 ? "." : path)
        {
            // A backslash before a line end would take it away.
            bool isPlain = char.IsAsciiLetterOrDigit(c) || c > '~' || "/._-*?[]~".Contains(c);
            word.Append(c == '\n' ? "'\n'" : isPlain ? c.ToString() : "\\" + c);
        }

        return word.ToString();
    }

    /// <summary>For the shell on the other host.</summary>
    private static string Quote(string word) => $"'{word.Replace("'", "'\\''")}'";
}
