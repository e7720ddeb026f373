using System.IO.Enumeration;
using System.Net;

namespace Qssh.Config;

/// <summary>The connection that Match blocks are decided for. At the server's start nothing is known and only <c>all</c> holds.</summary>
internal sealed record ServerConnection(string? User, IReadOnlyList<string> Groups, IPAddress? Address, IPAddress? LocalAddress, int? LocalPort)
{
    public static ServerConnection None { get; } = new(null, [], null, null, null);
}

/// <summary>Decides Match lines of the server. What is not known does not match, and does not match when negated either.</summary>
internal sealed class ServerMatch(ServerConnection connection)
{
    public bool Evaluate(ConfigLine line)
    {
        if (line.Keyword.Equals("Host", StringComparison.OrdinalIgnoreCase))
            throw new ConfigValueException("Bad configuration option: host");

        List<string> words = new ConfigArguments(line.Rest).Many();
        if (words.Count == 1 && words[0].Equals("all", StringComparison.OrdinalIgnoreCase))
            return true;

        bool result = true;
        for (int i = 0; i < words.Count; i++)
        {
            string[] parts = words[i].Split('=', 2);
            string argument = parts.Length > 1 ? parts[1]
                : ++i < words.Count ? words[i]
                : throw new ConfigValueException($"missing argument for Match criterion \"{parts[0]}\".");
            result &= Holds(parts[0].ToLowerInvariant(), argument);
        }

        return result;
    }

    private bool Holds(string criterion, string patterns) => criterion switch
    {
        "user" => connection.User is { } user && PatternList.MatchesCommas(patterns, user, ignoreCase: false),
        "group" => Group(patterns),
        "address" or "host" => MatchesAddress(patterns, connection.Address),
        "localaddress" => MatchesAddress(patterns, connection.LocalAddress),
        "localport" => connection.LocalPort is { } port && PatternList.MatchesCommas(patterns, port.ToString()),
        _ => throw new ConfigValueException($"unsupported Match criterion \"{criterion}\"."),
    };

    private bool Group(string patterns)
    {
        bool any = false;
        foreach (string group in connection.Groups)
        {
            // A negated pattern that matches one of the groups excludes, whatever the others match.
            foreach (string pattern in patterns.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                if (pattern.StartsWith('!') && FileSystemName.MatchesSimpleExpression(pattern.AsSpan(1), group, ignoreCase: false))
                    return false;
            }

            any |= PatternList.MatchesCommas(patterns, group, ignoreCase: false);
        }

        return any;
    }

    /// <summary>Networks are checked before anything is matched: a malformed list is an error even if nobody connects from there.</summary>
    internal static bool MatchesAddress(string patterns, IPAddress? address)
    {
        IPAddress? plain = address is null ? null : new IPAddress((address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).GetAddressBytes());
        bool matched = false, excluded = false;
        foreach (string item in patterns.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            bool negated = item.StartsWith('!');
            string pattern = negated ? item[1..] : item;
            bool holds;
            if (pattern.Contains('/'))
                holds = IPNetwork.TryParse(pattern, out IPNetwork network)
                    ? plain is not null && network.Contains(plain)
                    : throw new ConfigValueException($"bad network \"{pattern}\".");
            else
                holds = plain is not null && FileSystemName.MatchesSimpleExpression(pattern, plain.ToString(), ignoreCase: true);
            excluded |= holds && negated;
            matched |= holds && !negated;
        }

        return matched && !excluded;
    }
}
