namespace Qssh.Config;

/// <summary>
/// A list of algorithm names as the keywords write it: <c>a,b</c> replaces the default, <c>+a</c> appends, <c>-a*</c> removes,
/// <c>^a</c> puts first. What names exist is known above, so the list is resolved there.
/// </summary>
internal sealed record AlgorithmList(string Text)
{
    public static AlgorithmList Default { get; } = new("");

    /// <summary>Whether the user named neither what comes first nor the whole list.</summary>
    public bool KeepsDefaultOrder => Text.Length == 0 || Mode is '+' or '-';

    private char Mode => Text[0] is '+' or '-' or '^' ? Text[0] : '=';

    private string[] Patterns => (Mode == '=' ? Text : Text[1..]).Split(',', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The first pattern that names nothing; null: there is none, or the list only takes out.</summary>
    public string? FindUnknown(IReadOnlyList<string> known) =>
        Text.Length == 0 || Mode == '-' ? null : Array.Find(Patterns, pattern => Expand([pattern], known).Count == 0);

    /// <summary>Names in order of preference. Unknown names are skipped; if nothing remains the caller refuses.</summary>
    public List<string> Resolve(IReadOnlyList<string> defaults, IReadOnlyList<string> known)
    {
        if (Text.Length == 0)
            return new List<string>(defaults);

        char mode = Mode;
        string[] patterns = Patterns;
        List<string> named = Expand(patterns, known);
        return mode switch
        {
            '+' => Joined(defaults, named),
            '-' => Without(defaults, patterns),
            '^' => Joined(named, defaults),
            _ => named,
        };
    }

    /// <summary>The same list without names that match, unless it names nothing else.</summary>
    public AlgorithmList Without(string patterns)
    {
        List<string> kept = new(Patterns);
        kept.RemoveAll(name => PatternList.MatchesCommas(patterns, name));
        string names = string.Join(',', kept);
        if (Mode == '=')
            return kept.Count == 0 ? this : new AlgorithmList(names);
        return kept.Count == 0 ? Default : new AlgorithmList(Mode + names);
    }

    public override string ToString() => Text;

    private static List<string> Joined(IReadOnlyList<string> first, IReadOnlyList<string> second)
    {
        List<string> result = new(first);
        foreach (string name in second)
        {
            if (!result.Contains(name))
                result.Add(name);
        }

        return result;
    }

    private static List<string> Without(IReadOnlyList<string> names, string[] patterns)
    {
        List<string> result = new(names);
        result.RemoveAll(name => PatternList.Matches(patterns, name));
        return result;
    }

    private static List<string> Expand(string[] patterns, IReadOnlyList<string> known)
    {
        List<string> result = [];
        foreach (string pattern in patterns)
        {
            foreach (string name in known)
            {
                if (!result.Contains(name) && PatternList.Matches([pattern], name))
                    result.Add(name);
            }
        }

        return result;
    }
}
