using Microsoft.Win32.SafeHandles;
using Qssh.Errors;

namespace Qssh.Config;

/// <summary>
/// Builds a session's options from their sources in order of precedence: flags and <c>-o</c> on the command line, the user's file,
/// the system's file, defaults. The first value wins.
/// </summary>
/// <param name="host">The destination as typed.</param>
/// <param name="note">Takes debug notes, such as about keywords without meaning here.</param>
internal sealed class ClientConfig(string host, string localUser, string home, Action<string>? note = null)
{
    public const string SystemFile = "/etc/qssh/qssh_config";

    /// <summary>Takes the values of blocks that do not apply: they are checked all the same.</summary>
    private readonly ClientOptions _discarded = new();

    /// <summary>The host that the second reading is for, or that <see cref="Complete"/> has settled.</summary>
    private string? _settled;

    public ClientOptions Options { get; } = new();

    /// <summary>Whether an open file belongs to the user or to root. Set where the platform can tell.</summary>
    public Func<SafeFileHandle, bool>? IsOwnerTrusted { get; init; }

    /// <summary>What some lines ask about this machine; without it they do not apply.</summary>
    public ILocalMachine? Machine { get; init; }

    /// <summary>The remote command or subsystem of the command line; null: none.</summary>
    public string? Command { get; init; }

    /// <summary>Name and version of this program.</summary>
    public string Release { get; init; } = "";

    public string TypedHost => host;

    public string LocalUser => localUser;

    private string UserDirectory => Path.Combine(home, ".qssh");

    /// <summary>One <c>-o</c>: <c>Keyword=value</c> or <c>Keyword value</c>.</summary>
    public void AddOption(string text)
    {
        try
        {
            ConfigLine line = ConfigLine.Parse(ConfigLine.CommandLine, 0, text) ?? throw new ConfigValueException("missing argument.");
            Apply(line, active: true);
        }
        catch (ConfigValueException e)
        {
            throw new FailureException($"{ConfigLine.CommandLine}: line 0: {e.Message}") { SaysWhere = true };
        }
    }

    /// <param name="file">The file of <c>-F</c>, which replaces both standard files; "none" reads nothing; null reads the standard ones.</param>
    public void AddFiles(string? file)
    {
        ClientMatch match = new(this, Release, note);
        if (file is not "none")
            ReadFiles(file, match);
        string current = CurrentHost;
        string canonical = CanonicalName.Find(current, Options, Machine);
        if (canonical != current)
            note?.Invoke($"Canonicalized hostname \"{current}\" => \"{canonical}\"");
        _settled = canonical;
        if (file is "none" || (!match.WantsFinalPass && !CanonicalName.IsWanted(Options)))
            return;

        // Blocks may match the host by the name that it has now.
        match.IsFinalPass = true;
        ReadFiles(file, match);
    }

    /// <summary>What cannot be told before every source was read: host and user that count, and whether the tiers agree.</summary>
    public void Complete()
    {
        HostName = CurrentHost;
        if (!HostNames.IsSafeHost(HostName))
            throw new FailureException("hostname contains invalid characters");

        if (Options.Tier.Value < Options.MinTier.Value)
        {
            throw new FailureException(
                $"Tier {TierName.Of(Options.Tier)} is below MinTier {TierName.Of(Options.MinTier)}: nothing can be negotiated");
        }
    }

    /// <summary>The name or address to connect to. Known after <see cref="Complete"/>.</summary>
    public string HostName { get; private set; } = "";

    /// <summary>The same as far as the lines read so far tell.</summary>
    public string CurrentHost =>
        _settled ?? (Options.HostName.IsSet ? ConfigTokens.Expand(Options.HostName, letter => letter == 'h' ? host : null) : host).ToLowerInvariant();

    /// <summary>The account on the other side.</summary>
    public string User => Options.User.IsSet ? Options.User : localUser;

    /// <summary>The name under which the host's keys are looked up.</summary>
    public string KnownHostName => Options.HostKeyAlias.IsSet ? Options.HostKeyAlias : HostName;

    /// <summary>The effective options as <c>-G</c> prints them.</summary>
    public List<string> Dump()
    {
        List<string> lines = ["host " + host, "user " + User, "hostname " + HostName];
        foreach (string line in ClientKeywords.Table.Dump(Options))
        {
            if (line.StartsWith("userknownhostsfile ", StringComparison.Ordinal))
                lines.Add("userknownhostsfile " + string.Join(' ', ExpandPaths(Options.UserKnownHostsFile.Value)));
            else if (!line.StartsWith("user ", StringComparison.Ordinal) && !line.StartsWith("hostname ", StringComparison.Ordinal))
                lines.Add(line);
        }

        return lines;
    }

    /// <summary>What the letters after <c>%</c> stand for; null: nothing.</summary>
    public string? Token(char letter) => letter switch
    {
        'C' => Machine?.Digest(Token('l') + CurrentHost + Options.Port.Value.ToString() + User + Options.ProxyJump.Value),
        'd' => home,
        'h' => CurrentHost,
        'i' => Machine?.UserId.ToString(),
        'j' => Options.ProxyJump,
        'k' => Options.HostKeyAlias.IsSet ? Options.HostKeyAlias : host,
        'L' => Machine?.HostName.Split('.')[0],
        'l' => Machine?.HostName,
        'n' => host,
        'p' => Options.Port.Value.ToString(),
        'r' => User,
        'u' => localUser,
        _ => null,
    };

    /// <summary>A path from an option, with <c>~</c>, tokens and variables replaced.</summary>
    public string ExpandPath(string path)
    {
        try
        {
            return ConfigTokens.Expand(ConfigTokens.Tilde(path, home), Token, Environment.GetEnvironmentVariable);
        }
        catch (ConfigValueException e)
        {
            throw new FailureException(e.Message);
        }
    }

    public string ExpandTilde(string path) => ConfigTokens.Tilde(path, home);

    public string[] ExpandPaths(IReadOnlyList<string> paths)
    {
        string[] expanded = new string[paths.Count];
        for (int i = 0; i < expanded.Length; i++)
            expanded[i] = ExpandPath(paths[i]);
        return expanded;
    }

    /// <summary>A command's words with their tokens replaced: split first, so that no value becomes two words.</summary>
    /// <param name="more">Letters that only this command has.</param>
    public string[] ExpandWords(string command, Func<char, string?> more)
    {
        string[] words = ConfigWords.Split(command).ToArray();
        for (int i = 0; i < words.Length; i++)
            words[i] = ConfigTokens.Expand(words[i], letter => more(letter) ?? Token(letter), Environment.GetEnvironmentVariable);
        return words;
    }

    private void ReadFiles(string? file, ClientMatch match)
    {
        if (file is not null)
        {
            ReadFile(ConfigTokens.Tilde(file, home), true, true, UserDirectory, match);
            return;
        }

        ReadFile(Path.Combine(UserDirectory, "config"), false, true, UserDirectory, match);
        ReadFile(SystemFile, false, false, Path.GetDirectoryName(SystemFile)!, match);
    }

    private void ReadFile(string path, bool required, bool checkMode, string includes, ClientMatch match)
    {
        if (ConfigFile.Read(path, required, checkMode, IsOwnerTrusted) is not { } lines)
            return;
        note?.Invoke($"Reading configuration data {path}");
        ConfigReader reader = new((line, active, _) => Apply(line, active), match.Evaluate)
        {
            IncludeDirectory = includes,
            Home = home,
            Variable = Environment.GetEnvironmentVariable,
            Open = included => ConfigFile.Read(included, false, checkMode, IsOwnerTrusted),
        };
        reader.Read(path, lines);
    }

    private void Apply(ConfigLine line, bool active)
    {
        if (ClientKeywords.Table.Find(line.Keyword) is { } keyword)
            line.Set(keyword, active ? Options : _discarded);
        else if (IgnoredKeywords.Client(line.Keyword))
            note?.Invoke($"{line.Place}: {line.Keyword} has no effect here");
        else if (PatternList.Matches(Options.IgnoreUnknown.Value, line.Keyword))
            note?.Invoke($"{line.Place}: Ignored unknown option \"{line.Keyword}\"");
        else
            throw new ConfigValueException($"Bad configuration option: {ConfigText.Printable(line.Keyword)}");
    }
}
