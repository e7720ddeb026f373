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

    public ClientOptions Options { get; } = new();

    /// <summary>Whether an open file belongs to the user or to root. Set where the platform can tell.</summary>
    public Func<SafeFileHandle, bool>? IsOwnerTrusted { get; init; }

    private string UserDirectory => Path.Combine(home, ".qssh");

    /// <summary>One <c>-o</c>: <c>Keyword=value</c> or <c>Keyword value</c>.</summary>
    public void AddOption(string text)
    {
        ConfigLine? line = null;
        try
        {
            line = ConfigLine.Parse(ConfigLine.CommandLine, 0, text) ?? throw new ConfigValueException("missing argument.");
            Apply(line, active: true);
        }
        catch (ConfigValueException e)
        {
            throw new FailureException($"{ConfigLine.CommandLine}: line 0: {e.Message}");
        }
    }

    /// <param name="file">The file of <c>-F</c>, which replaces both standard files; "none" reads nothing; null reads the standard ones.</param>
    public void AddFiles(string? file)
    {
        if (file is "none")
            return;

        ClientMatch match = new(Options, host, localUser);
        ReadFiles(file, match);
        if (match.WantsFinalPass)
        {
            match.IsFinalPass = true;
            ReadFiles(file, match);
        }
    }

    /// <summary>What cannot be told before every source was read: host and user that count, and whether the tiers agree.</summary>
    public void Complete()
    {
        try
        {
            string name = Options.HostName.IsSet ? ConfigTokens.Expand(Options.HostName, ('h', host), ('n', host)) : host;
            if (!HostNames.IsSafeHost(name))
                throw new FailureException("hostname contains invalid characters");
            HostName = name;
        }
        catch (ConfigValueException e)
        {
            throw new FailureException("HostName: " + e.Message);
        }

        if (Options.Tier.Value < Options.MinTier.Value)
        {
            throw new FailureException(
                $"Tier {TierName.Of(Options.Tier)} is below MinTier {TierName.Of(Options.MinTier)}: nothing can be negotiated");
        }
    }

    /// <summary>The name or address to connect to. Known after <see cref="Complete"/>.</summary>
    public string HostName { get; private set; } = "";

    /// <summary>The account on the other side.</summary>
    public string User => Options.User.IsSet ? Options.User : localUser;

    /// <summary>The name under which the host's keys are looked up.</summary>
    public string KnownHostName => Options.HostKeyAlias.IsSet ? Options.HostKeyAlias : HostName;

    /// <summary>The effective options as <c>-G</c> prints them.</summary>
    public IEnumerable<string> Dump()
    {
        yield return "host " + host;
        yield return "user " + User;
        yield return "hostname " + HostName;
        foreach (string line in ClientKeywords.Table.Dump(Options))
        {
            if (!line.StartsWith("user ", StringComparison.Ordinal) && !line.StartsWith("hostname ", StringComparison.Ordinal))
                yield return line;
        }
    }

    /// <summary>A path from an option, with <c>~</c> and tokens replaced.</summary>
    public string ExpandPath(string path)
    {
        try
        {
            return ConfigTokens.Expand(
                ConfigTokens.Tilde(path, home),
                ('d', home), ('h', HostName), ('n', host), ('p', Options.Port.Value.ToString()), ('r', User), ('u', localUser));
        }
        catch (ConfigValueException e)
        {
            throw new FailureException(e.Message);
        }
    }

    /// <summary>A command's words with their tokens replaced: split first, so that no value becomes two words.</summary>
    public string[] ExpandWords(string command, params ReadOnlySpan<(char Letter, string Value)> more)
    {
        (char, string)[] tokens =
        [
            ('d', home), ('h', HostName), ('n', host), ('p', Options.Port.Value.ToString()), ('r', User), ('u', localUser), ('k', KnownHostName), .. more,
        ];
        string[] words = [.. ConfigWords.Split(command)];
        for (int i = 0; i < words.Length; i++)
            words[i] = ConfigTokens.Expand(words[i], tokens);
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
        else if (IgnoredKeywords.RefusedByClient(line.Keyword))
            Refuse(line, active);
        else if (PatternList.Matches(Options.IgnoreUnknown.Value, line.Keyword))
            note?.Invoke($"{line.Place}: Ignored unknown option \"{line.Keyword}\"");
        else
            throw new ConfigValueException($"Bad configuration option: {ConfigText.Printable(line.Keyword)}");
    }

    private static void Refuse(ConfigLine line, bool active)
    {
        if (active && !IgnoredKeywords.IsUnused(line.Rest))
            throw new ConfigValueException($"{line.Keyword} is not supported in this version.");
    }
}
