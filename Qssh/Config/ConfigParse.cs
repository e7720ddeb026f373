namespace Qssh.Config;

/// <summary>Values that client and server write in the same way.</summary>
internal static class ConfigParse
{
    private const int MaxPattern = 256;

    public const string LogLevels = "silent=0 quiet=0 fatal=1 error=2 info=3 verbose=4 debug=5 debug1=5 debug2=6 debug3=7";

    private const string Facilities = "user=1 daemon=3 auth=4 authpriv=10 local0=16 local1=17 local2=18 local3=19 local4=20 local5=21 local6=22 local7=23";
    private const string Families = "any=0 inet=1 inet6=2";

    public static LogVerbosity LogLevel(ConfigArguments a) => (LogVerbosity)a.Choice(LogLevels);

    public static SyslogFacility Facility(ConfigArguments a) => (SyslogFacility)a.Choice(Facilities);

    public static string[] Show(SyslogFacility value) => [NamedValues.NameOf(Facilities, (int)value).ToUpperInvariant()];

    public static AddressFamily AddressFamily(ConfigArguments a) => (AddressFamily)a.Choice(Families);

    public static string[] Show(AddressFamily value) => [NamedValues.NameOf(Families, (int)value)];

    /// <summary>Files in one line; the single word "none" is the empty list.</summary>
    /// <param name="tokens">Letters that may follow a %; null: it is a character like others.</param>
    public static IReadOnlyList<string> FilesOrNone(ConfigArguments a, string? tokens = null)
    {
        List<string> words = a.Many();
        foreach (string word in words)
        {
            if (tokens is not null)
                ConfigTokens.Check(word, tokens);
        }

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

    /// <summary>A command for a shell, as written; only the shell knows variables in it.</summary>
    public static string CommandOrNone(ConfigArguments a, string? tokens = null)
    {
        string command = a.Command();
        if (tokens is not null)
            ConfigTokens.Check(command, tokens, variables: false);
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
        foreach (string word in words)
            ConfigTokens.Check(word, tokens);
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
    public static AlgorithmList KeyTypes(ConfigArguments a) => Known(Algorithms(a));

    /// <summary>
    /// The same for the client, whose files and callers add types of SSH, such as +ssh-rsa: they are passed over. Who wants nothing else is
    /// told that there is nothing else.
    /// </summary>
    public static AlgorithmList ClientKeyTypes(ConfigArguments a) => Known(Algorithms(a).Without("ssh-*,ecdsa-sha2-*,sk-ssh-*,sk-ecdsa-*,rsa-sha2-*,webauthn-sk-*"));

    private static AlgorithmList Known(AlgorithmList list)
    {
        return list.FindUnknown(KeyTypeNames.All) is { } unknown
            ? throw new ConfigValueException($"unknown key type \"{unknown}\"; qssh -Q key lists those that there are.")
            : list;
    }
}
