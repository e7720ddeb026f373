namespace Qssh.Config;

/// <summary>Decides Host and Match lines of the client for one destination.</summary>
/// <param name="originalHost">As typed on the command line.</param>
internal sealed class ClientMatch(ClientOptions options, string originalHost, string localUser)
{
    /// <summary>Set for the second reading, which only happens when a file asks for it.</summary>
    public bool IsFinalPass { get; set; }

    public bool WantsFinalPass { get; private set; }

    public bool Evaluate(ConfigLine line)
    {
        List<string> words = new ConfigArguments(line.Rest).Many();
        return line.Keyword.Equals("Host", StringComparison.OrdinalIgnoreCase)
            ? PatternList.Matches(words, originalHost)
            : Match(words);
    }

    private bool Match(List<string> words)
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
                holds = Final();
            else if (parts.Length > 1)
                holds = Compare(criterion, parts[1]);
            else if (i + 1 < words.Count)
                holds = Compare(criterion, words[++i]);
            else
                throw new ConfigValueException($"missing argument for Match criterion \"{criterion}\".");
            result &= holds != negated;
        }

        return result;
    }

    private bool Compare(string criterion, string patterns) => criterion switch
    {
        "host" => PatternList.MatchesCommas(patterns, options.HostName.IsSet ? ConfigTokens.Expand(options.HostName, ('h', originalHost)) : originalHost),
        "originalhost" => PatternList.MatchesCommas(patterns, originalHost),
        "user" => PatternList.MatchesCommas(patterns, options.User.IsSet ? options.User : localUser, ignoreCase: false),
        "localuser" => PatternList.MatchesCommas(patterns, localUser, ignoreCase: false),
        "tagged" => PatternList.MatchesCommas(patterns, options.Tag, ignoreCase: false),
        "exec" => throw new ConfigValueException("Match exec is not enabled."),
        _ => throw new ConfigValueException($"unsupported Match criterion \"{criterion}\"."),
    };

    private static bool All(List<string> words, int index)
    {
        bool alone = index == words.Count - 1 && (index == 0 || words[0].ToLowerInvariant() is "final" or "canonical");
        return alone ? true : throw new ConfigValueException("\"all\" cannot be combined with other Match criteria.");
    }

    private bool Final()
    {
        WantsFinalPass = true;
        return IsFinalPass;
    }
}
