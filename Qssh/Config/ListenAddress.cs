namespace Qssh.Config;

/// <summary>Where to listen: a host name or address, and a port; null: the ports of the Port keyword.</summary>
internal sealed record ListenAddress(string Host, int? Port)
{
    /// <summary><c>host</c>, <c>host:port</c>, <c>[ipv6]:port</c>, a bare IPv6 address, or <c>*</c> for the wildcard.</summary>
    public static ListenAddress Parse(string text)
    {
        string host = text;
        int? port = null;
        int close = text.IndexOf(']');
        if (text.StartsWith('[') && close > 0)
        {
            host = text[1..close];
            string rest = text[(close + 1)..];
            if (rest.Length > 0)
                port = rest[0] == ':' ? ConfigArguments.Number(rest[1..], 1, 65535) : throw Bad(text);
        }
        else if (text.AsSpan().Count(':') == 1)
        {
            int colon = text.IndexOf(':');
            host = text[..colon];
            port = ConfigArguments.Number(text[(colon + 1)..], 1, 65535);
        }

        if (host == "*")
            host = "";
        else if (!HostNames.IsSafeHost(host))
            throw Bad(text);
        return new ListenAddress(host, port);
    }

    public override string ToString()
    {
        string host = Host.Length == 0 ? "*" : Host.Contains(':') ? $"[{Host}]" : Host;
        return Port is { } port ? $"{host}:{port}" : host;
    }

    private static ConfigValueException Bad(string text) => new($"bad ListenAddress \"{text}\".");
}
