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
}
