using Qssh.Errors;

namespace Qssh.Config;

/// <summary>
/// The server's configuration: options of the command line first, then the file, then defaults. It is read once and evaluated for
/// the start and again for each login, as Match blocks depend on who comes from where.
/// </summary>
internal sealed class ServerConfig
{
    public const string SystemFile = "/etc/qssh/qsshd_config";

    private readonly List<string> _settings = [];
    private readonly Dictionary<string, string[]?> _files = new(StringComparer.Ordinal);
    private readonly string? _file;
    private readonly string _home;
    private readonly bool _isLoaded;

    /// <param name="file">Read now. Null: the standard one, which may be missing; "none": none.</param>
    /// <param name="settings">Of the command line: <c>Keyword=value</c>.</param>
    public ServerConfig(string? file, IEnumerable<string> settings, string home, Action<string>? note = null)
    {
        _settings.AddRange(settings);
        _file = file is "none" ? null : file ?? SystemFile;
        _home = home;
        if (_file is not null)
            _files[_file] = Guard(() => ConfigFile.Read(_file, file is not null, checkMode: false));
        Global = Guard(() => Evaluate(ServerConnection.None, note));
        if (Global.Tier > TierName.HighestAvailable)
            throw new FailureException($"Tier {TierName.Of(Global.Tier)} needs quantum sources, which this version does not have; T1 and T2 are spoken", 1);
        if (Global.AuthorizedKeysCommand.Value.Length > 0 && Global.AuthorizedKeysCommandUser.Value.Length == 0)
            throw new FailureException("AuthorizedKeysCommand is set without AuthorizedKeysCommandUser", 1);
        _isLoaded = true;
    }

    /// <summary>What counts outside of Match blocks.</summary>
    public ServerOptions Global { get; }

    /// <summary>What counts for one login. The file was found valid at the start, so this reads nothing and does not fail.</summary>
    public ServerOptions For(ServerConnection connection) => Evaluate(connection, null);

    /// <summary>Lines for <c>-T</c>.</summary>
    public static IEnumerable<string> Dump(ServerOptions options) => ServerKeywords.Table.Dump(options);

    private ServerOptions Evaluate(ServerConnection connection, Action<string>? note)
    {
        ServerEvaluation evaluation = new(note);
        foreach (string setting in _settings)
            evaluation.AddSetting(setting);

        // Blocks that hold are for this connection and so come before what is for all.
        Read(evaluation, connection, blocks: true);
        Read(evaluation, connection, blocks: false);
        ServerOptions options = evaluation.Options;
        if (options.Tier.Value < options.MinTier.Value)
            throw new FailureException($"Tier {TierName.Of(options.Tier)} is below MinTier {TierName.Of(options.MinTier)}", 1);
        return options;
    }

    private void Read(ServerEvaluation evaluation, ServerConnection connection, bool blocks)
    {
        evaluation.BeginPass(blocks);
        if (_file is null || _files[_file] is not { } lines)
            return;
        ServerMatch match = new(connection);
        ConfigReader reader = new(evaluation.Apply, (line, _) => match.Evaluate(line))
        {
            IncludeDirectory = Path.GetDirectoryName(Path.GetFullPath(_file)) ?? "/",
            Home = _home,
            Open = Include,
        };
        reader.Read(_file, lines);
    }

    private string[]? Include(string path)
    {
        if (_files.TryGetValue(path, out string[]? lines) || _isLoaded)
            return lines;
        return _files[path] = ConfigFile.Read(path, required: false, checkMode: false);
    }

    /// <summary>A faulty configuration of the server ends it with status 1.</summary>
    private static T Guard<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (FailureException e)
        {
            throw new FailureException(e.Message, 1);
        }
    }
}
