using System.Text;
using Qssh.Platform;

namespace Qssh.Client;

/// <summary>
/// hosts(5), read before anybody is asked: a name that it holds needs neither DNS nor the resolver's thread. The resolver would look
/// here first as well, so the answer is the same.
/// </summary>
internal static class HostsFile
{
    public const string Standard = "/etc/hosts";

    /// <returns>Addresses in the order of the file; none: the name is not there.</returns>
    public static SocketAddress[] Find(string host, IpFamily family, string path = Standard)
    {
        List<SocketAddress> found = [];
        byte[] wanted = Encoding.UTF8.GetBytes(host.TrimEnd('.'));
        using (LineFile? file = LineFile.Open(path))
        {
            while (file is not null && file.TryRead(out ReadOnlySpan<byte> line))
                Add(line, wanted, family, found);
        }

        // RFC 6761, section 6.3: this name never goes to a name server.
        if (found.Count == 0 && host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
            AddLoopback(family, found);
        return [.. found];
    }

    private static void Add(ReadOnlySpan<byte> line, ReadOnlySpan<byte> wanted, IpFamily family, List<SocketAddress> found)
    {
        int comment = line.IndexOf((byte)'#');
        if (comment >= 0)
            line = line[..comment];
        ReadOnlySpan<byte> address = NextWord(ref line);
        while (NextWord(ref line) is { IsEmpty: false } name)
        {
            if (!Ascii.EqualsIgnoreCase(name, wanted))
                continue;
            if (SocketAddress.TryParse(Encoding.UTF8.GetString(address), 0, out SocketAddress parsed)
                && (family == IpFamily.Any || parsed.Family == family)
                && !found.Contains(parsed))
            {
                found.Add(parsed);
            }

            return;
        }
    }

    private static void AddLoopback(IpFamily family, List<SocketAddress> found)
    {
        if (family != IpFamily.V4)
            found.Add(SocketAddress.LoopbackV6(0));
        if (family != IpFamily.V6)
            found.Add(SocketAddress.LoopbackV4(0));
    }

    private static ReadOnlySpan<byte> NextWord(ref ReadOnlySpan<byte> line)
    {
        line = line.TrimStart(" \t\r"u8);
        int end = line.IndexOfAny(" \t\r"u8);
        ReadOnlySpan<byte> word = end < 0 ? line : line[..end];
        line = line[word.Length..];
        return word;
    }
}
