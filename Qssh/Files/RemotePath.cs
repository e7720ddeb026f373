using Qssh.Errors;
using Qssh.Sftp.Client;

namespace Qssh.Files;

/// <summary>Paths on a server as people write them.</summary>
internal static class RemotePath
{
    /// <summary>Nothing and "~" are the user's directory; "~name" is for the server to know.</summary>
    public static async ValueTask<string> ResolveAsync(SftpClient server, string path)
    {
        if (path is "" or "~" or "~/")
            return ".";
        if (path[0] != '~')
            return path;
        // The session starts in the user's directory.
        if (path[1] == '/')
            return path[2..].TrimStart('/') is { Length: > 0 } rest ? rest : ".";
        int slash = path.IndexOf('/');
        string user = slash < 0 ? path : path[..slash];
        return (await server.ExpandAsync(user)).Name + path[user.Length..];
    }

    /// <summary>A pattern of what is to be fetched. What the server says for "~name" is no pattern, and no name here unless it is a safe one.</summary>
    /// <exception cref="FailureException">It is not.</exception>
    public static async ValueTask<string> ResolvePatternAsync(SftpClient server, string pattern, bool anyName)
    {
        string found = await ResolveAsync(server, pattern);
        if (pattern is not ['~', not '/', ..])
            return found;
        int slash = pattern.IndexOf('/');
        string rest = slash < 0 ? "" : pattern[slash..], home = found[..^rest.Length];
        string name = LocalFiles.NameOf(home);
        if (rest.Trim('/').Length == 0 && name != "/" && !RemoteName.IsSafeHome(name, anyName))
            throw new FailureException($"{TransferReport.Quote(pattern)}: the server gave the name {TransferReport.Quote(name)}, which is refused", 1);
        return GlobPattern.Escape(home) + rest;
    }
}
