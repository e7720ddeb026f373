namespace Qssh.Config;

/// <summary>Prefix lengths that make one source of many addresses: <c>32:64</c> is each IPv4 address and each IPv6 /64.</summary>
internal sealed record NetworkBlock(int V4, int V6)
{
    public static NetworkBlock Parse(string text)
    {
        string[] parts = text.Split(':');
        if (parts.Length > 2)
            throw new ConfigValueException($"bad PerSourceNetBlockSize \"{text}\".");
        int v4 = ConfigArguments.Number(parts[0], 0, 32);
        return new NetworkBlock(v4, parts.Length > 1 ? ConfigArguments.Number(parts[1], 0, 128) : 64);
    }

    public override string ToString() => $"{V4}:{V6}";
}
