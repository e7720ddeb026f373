using Qssh.Errors;

namespace Qssh.Config;

/// <summary>
/// Collects the server's options in passes: command line, blocks that hold, the rest of the file. A keyword that one pass has set is
/// closed for the next, so that lists are replaced and not mixed: an AllowUsers in a block does not add to the global one.
/// </summary>
internal sealed class ServerEvaluation(Action<string>? note)
{
    private readonly ServerOptions _discarded = new();
    private readonly HashSet<string> _closed = [];
    private readonly HashSet<string> _seen = [];
    private bool _blocks;

    public ServerOptions Options { get; } = new();

    public void AddSetting(string text)
    {
        try
        {
            ConfigLine line = ConfigLine.Parse(ConfigLine.CommandLine, 0, text) ?? throw new ConfigValueException("missing argument.");
            Apply(line, active: true, inBlock: false);
        }
        catch (ConfigValueException e)
        {
            throw new FailureException($"{ConfigLine.CommandLine}: line 0: {e.Message}");
        }
    }

    /// <param name="blocks">Whether lines inside of blocks are taken, or those outside.</param>
    public void BeginPass(bool blocks)
    {
        _closed.UnionWith(_seen);
        _seen.Clear();
        _blocks = blocks;
    }

    public void Apply(ConfigLine line, bool active, bool inBlock)
    {
        if (ServerKeywords.Table.Find(line.Keyword) is { } keyword)
            Apply(keyword, line, active, inBlock);
        else if (IgnoredKeywords.Server(line.Keyword))
            Note(line, inBlock);
        else if (!IgnoredKeywords.RefusedByServer(line.Keyword))
            throw new ConfigValueException($"Bad configuration option: {ConfigText.Printable(line.Keyword)}");
        else if (!IgnoredKeywords.IsUnused(line.Rest))
            throw new ConfigValueException($"{line.Keyword} is not supported in this version.");
    }

    private void Apply(Keyword<ServerOptions> keyword, ConfigLine line, bool active, bool inBlock)
    {
        if (inBlock && ServerKeywords.IsGlobalOnly(keyword.Name))
            throw new ConfigValueException($"Directive '{line.Keyword}' is not allowed within a Match block.");

        bool counts = active && inBlock == _blocks && !_closed.Contains(keyword.Name);
        line.Set(keyword, counts ? Options : _discarded);
        if (counts && keyword.Name != "subsystem")
            _seen.Add(keyword.Name);
    }

    /// <summary>Once per line, although the file is read twice.</summary>
    private void Note(ConfigLine line, bool inBlock)
    {
        if (inBlock == _blocks)
            note?.Invoke($"{line.Place}: {line.Keyword} has no effect here");
    }
}
