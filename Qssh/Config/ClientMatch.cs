using System.Net;

namespace Qssh.Config;

/// <summary>Decides Host and Match lines of the client for one destination.</summary>
/// <param name="release">What <c>version</c> is compared with.</param>
internal sealed class ClientMatch(ClientConfig config, string release, Action<string>? note)
{
    private bool _isNever;

    /// <summary>Set for the second reading, which only happens when a file or CanonicalizeHostname asks for it.</summary>
    public bool IsFinalPass { get; set; }

    public bool WantsFinalPass { get; private set; }

    private ClientOptions Options => config.Options;

    /// <param name="enclosing">Whether the lines around count. Where they do not, only the form is checked.</param>
    public bool Evaluate(ConfigLine line, bool enclosing)
    {
        List<string> words = new ConfigArguments(line.Rest).Many();
        _isNever = !enclosing;
        bool result = line.Keyword.Equals("Host", StringComparison.OrdinalIgnoreCase)
            ? PatternList.Matches(words, IsFinalPass ? config.CurrentHost : config.TypedHost)
            : Match(words, line.Place);
        return result && !_isNever;
    }

    private bool Match(List<string> words, string place)
    {
        bool result = true;
        for (int i = 0; i < words.Count; i++)
        {
            // Criteria may be written "host=pattern" as well as "host pattern".
            string[] parts = words[i].Split('=', 2);
            bool negated = parts[0].StartsWith('!');
            string criterion = (negated ? parts[0][1..] : parts[0]).ToLowerInvariant();
            bool holds;
            if (criterion == "all")
                holds = All(words, i);
            else if (criterion is "final" or "canonical")
                holds = SecondPass(criterion == "final");
            else if (parts.Length == 1 && ++i == words.Count)
                throw new ConfigValueException($"missing argument for Match criterion \"{criterion}\".");
            else if (criterion == "exec")
                holds = Exec(parts.Length > 1 ? parts[1] : words[i], place, result);
            else
                holds = Compare(criterion, parts.Length > 1 ? parts[1] : words[i]);
            result &= holds != negated;
        }

        return result;
    }

    private bool Compare(string criterion, string patterns) => criterion switch
    {
        "host" => PatternList.MatchesCommas(patterns, config.CurrentHost),
        "originalhost" => PatternList.MatchesCommas(patterns, config.TypedHost),
        "user" => Matches(patterns, config.User),
        "localuser" => Matches(patterns, config.LocalUser),
        "tagged" => Matches(patterns, Options.Tag),
        "version" => Matches(patterns, release),
        "sessiontype" => Matches(patterns, SessionType()),
        "command" => Matches(patterns, config.Command ?? ""),
        "localnetwork" => LocalNetwork(patterns),
        _ => throw new ConfigValueException($"unsupported Match criterion \"{criterion}\"."),
    };

    /// <summary>An empty list is for what was not given.</summary>
    private static bool Matches(string patterns, string value) =>
        patterns.Length == 0 ? value.Length == 0 : PatternList.MatchesCommas(patterns, value, ignoreCase: false);

    private string SessionType() => Options.SessionType.Value switch
    {
        SessionKind.Subsystem => "subsystem",
        SessionKind.None => "none",
        _ => config.Command is null ? "shell" : "exec",
    };

    private bool LocalNetwork(string networks)
    {
        bool found = ServerMatch.MatchesAddress(networks, null);
        if (_isNever)
            return found;
        foreach (IPAddress address in config.Machine?.Addresses ?? [])
            found |= ServerMatch.MatchesAddress(networks, address);
        return found;
    }

    /// <summary>
    /// A file that is copied from elsewhere must not run programs because a host's name is mentioned: somebody has to have said that
    /// it may. Where it may not, the block does not count, negated or not.
    /// </summary>
    private bool Exec(string command, string place, bool isNeeded)
    {
        ConfigTokens.Check(command, variables: false);
        if (_isNever || !isNeeded)
            return false;
        string? fault = !Options.EnableMatchExec ? "EnableMatchExec is not yes"
            : !HostNames.IsSafeHost(config.CurrentHost) || !HostNames.IsSafeUser(config.LocalUser) ? "the host's or the local user's name has characters that mean something to a shell"
            : null;
        if (fault is null)
            return config.Machine?.Succeeds(ConfigTokens.Expand(command, config.Token)) == true;
        note?.Invoke($"{place}: Match exec is not run, and its block does not count: {fault}");
        _isNever = true;
        return false;
    }

    private static bool All(List<string> words, int index)
    {
        bool alone = index == words.Count - 1 && (index == 0 || words[0].ToLowerInvariant() is "final" or "canonical");
        return alone ? true : throw new ConfigValueException("\"all\" cannot be combined with other Match criteria.");
    }

    private bool SecondPass(bool isWanted)
    {
        WantsFinalPass |= isWanted && !_isNever;
        return IsFinalPass;
    }
}
