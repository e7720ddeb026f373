using System.Text;
using Qssh.Identity;
using Qssh.Platform;

namespace Qssh.Client;

/// <summary>Remembers the key of a host that was unknown.</summary>
internal static class KnownHostsWriter
{
    /// <param name="file">The user's known_hosts; null when the configuration names none.</param>
    /// <returns>Null, or a warning: a key that cannot be stored does not end the connection, it is asked for again next time.</returns>
    public static string? Add(string? file, string host, int port, PublicKey key, bool hashed)
    {
        if (file is null)
            return "The host key is not stored: there is no known hosts file.";
        string line = KnownHosts.FormatLine(host, port, key, hashed);
        string? fault = AppendedFile.AddLine(file, Encoding.UTF8.GetBytes(line));
        return fault is null ? null : $"Failed to add the host to the list of known hosts ({file}): {fault}";
    }
}
