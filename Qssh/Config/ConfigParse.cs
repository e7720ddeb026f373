namespace Qssh.Config;

/// <summary>Values that client and server write in the same way.</summary>
internal static class ConfigParse
{
    private const int MaxPattern = 256;

    public static LogVerbosity LogLevel(ConfigArguments a) => a.Choice<LogVerbosity>(
        ("quiet", LogVerbosity.Quiet), ("fatal", LogVerbosity.Fatal), ("error", LogVerbosity.Error), ("info", LogVerbosity.Info),
        ("verbose", LogVerbosity.Verbose), ("debug", LogVerbosity.Debug1), ("debug1", LogVerbosity.Debug1),
        ("debug2", LogVerbosity.Debug2), ("debug3", LogVerbosity.Debug3));

    public static SyslogFacility Facility(ConfigArguments a) => a.Choice<SyslogFacility>(
        ("user", SyslogFacility.User), ("daemon", SyslogFacility.Daemon), ("auth", SyslogFacility.Auth), ("authpriv", SyslogFacility.AuthPriv),
        ("local0", SyslogFacility.Local0), ("local1", SyslogFacility.Local1), ("local2", SyslogFacility.Local2), ("local3", SyslogFacility.Local3),
        ("local4", SyslogFacility.Local4), ("local5", SyslogFacility.Local5), ("local6", SyslogFacility.Local6), ("local7", SyslogFacility.Local7));

    public static string[] Show(SyslogFacility value) => [value.ToString().ToUpperInvariant()];

    public static AddressFamily AddressFamily(ConfigArguments a) => a.Choice<AddressFamily>(
        ("any", Config.AddressFamily.Any), ("inet", Config.AddressFamily.Inet), ("inet6", Config.AddressFamily.Inet6));

    public static string[] Show(AddressFamily value) => [value.ToString().ToLowerInvariant()];

    /// <summary>Files in one line; the single word "none" is the empty list.</summary>
    public static IReadOnlyList<string> FilesOrNone(ConfigArguments a)
    {
        List<string> words = a.Many();
        bool none = words.Exists(IsNone);
        if (none && words.Count > 1)
            throw new ConfigValueException("\"none\" must be the only argument.");
        return none ? [] : words;
    }

    /// <summary>Name patterns of environment variables.</summary>
    public static List<string> EnvironmentPatterns(ConfigArguments a)
    {
        foreach (string word in a.Many())
        {
            if (word.Length is 0 or > MaxPattern || word.Contains('='))
                throw new ConfigValueException($"invalid environment name \"{word}\".");
        }

        return a.Words;
    }

    /// <summary><c>NAME=value</c> words. The value may be empty, the name may not.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Environment(ConfigArguments a)
    {
        List<KeyValuePair<string, string>> pairs = [];
        foreach (string word in a.Many())
        {
            int equals = word.IndexOf('=');
            if (equals is < 1 or > MaxPattern)
                throw new ConfigValueException($"invalid environment variable \"{word}\": NAME=value.");
            pairs.Add(new(word[..equals], word[(equals + 1)..]));
        }

        return pairs;
    }

    public static bool IsNone(string word) => word.Equals("none", StringComparison.OrdinalIgnoreCase);

    /// <summary>An empty string for "none".</summary>
    public static string NameOrNone(ConfigArguments a)
    {
        string word = a.Name();
        return IsNone(word) ? "" : word;
    }

    public static string CommandOrNone(ConfigArguments a)
    {
        string command = a.Command();
        return IsNone(command) ? "" : command;
    }

    /// <summary>A program by absolute path with arguments, run without a shell; empty for "none". Its tokens are checked here, where the line is known.</summary>
    public static string ProgramOrNone(ConfigArguments a, string tokens)
    {
        List<string> words = a.Many();
        if (words.Count == 1 && IsNone(words[0]))
            return "";
        if (!words[0].StartsWith('/'))
            throw new ConfigValueException("the program needs an absolute path.");
        (char, string)[] known = new (char, string)[tokens.Length];
        for (int i = 0; i < known.Length; i++)
            known[i] = (tokens[i], "");
        foreach (string word in words)
            ConfigTokens.Expand(word, known);
        return a.Command();
    }

    /// <summary>A list that may carry one of the signs + - ^ at its start.</summary>
    public static AlgorithmList Ciphers(ConfigArguments a)
    {
        AlgorithmList list = Algorithms(a);
        foreach (string name in list.Text.TrimStart('+', '-', '^').Split(','))
        {
            if (!CipherNames.IsKnown(name))
                throw new ConfigValueException($"unknown cipher \"{name}\"; ours are {string.Join(", ", CipherNames.Ours)}.");
        }

        return list;
    }

    public static AlgorithmList Algorithms(ConfigArguments a)
    {
        string text = a.Name();
        return text.TrimStart('+', '-', '^').Length > 0 ? new AlgorithmList(text) : throw new ConfigValueException($"bad list \"{text}\".");
    }

    /// <summary>Such a list of key types. What is taken out need not be there; everything else has to name a type.</summary>
    public static AlgorithmList KeyTypes(ConfigArguments a)
    {
        AlgorithmList list = Algorithms(a);
        return list.FindUnknown(KeyTypeNames.All) is { } unknown
            ? throw new ConfigValueException($"unknown key type \"{unknown}\"; qssh -Q key lists those that there are.")
            : list;
    }
}
