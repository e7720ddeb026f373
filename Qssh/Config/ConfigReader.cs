using Qssh.Errors;

namespace Qssh.Config;

/// <summary>
/// Walks the lines of one source: blocks switch lines on and off, Include reads further files, every faulty line is collected and
/// told with its place. What a block's condition means is the caller's.
/// </summary>
/// <param name="apply">Handles one line, given whether it is switched on and whether it stands in a block.
/// Throws <see cref="ConfigValueException"/> for a fault.</param>
/// <param name="condition">Whether a Host or Match line switches on the lines after it, given whether those around it are switched on.</param>
internal sealed class ConfigReader(Action<ConfigLine, bool, bool> apply, Func<ConfigLine, bool, bool> condition)
{
    private const int MaxDepth = 16, MaxFaults = 20;

    private readonly List<string> _faults = [];

    /// <summary>Where relative Include paths start.</summary>
    public required string IncludeDirectory { get; init; }

    public required string Home { get; init; }

    /// <summary>What the name of a variable in an Include path stands for; without it there are none.</summary>
    public Func<string, string?>? Variable { get; init; }

    /// <summary>Reads an included file; null when it is missing.</summary>
    public required Func<string, string[]?> Open { get; init; }

    public void Read(string source, string[] lines)
    {
        ReadLines(source, lines, active: true, inBlock: false, 0);
        if (_faults.Count == 0)
            return;
        string count = _faults.Count == 1 ? "1 bad configuration option" : $"{_faults.Count} bad configuration options";
        throw new FailureException(string.Join('\n', _faults.GetRange(0, Math.Min(_faults.Count, MaxFaults))) + $"\n{source}: terminating, {count}") { SaysWhere = true };
    }

    private void ReadLines(string source, string[] lines, bool active, bool inBlock, int depth)
    {
        bool enclosing = active;
        for (int i = 0; i < lines.Length; i++)
        {
            try
            {
                if (lines[i].Length > ConfigFile.MaxLine)
                    throw new ConfigValueException("line is too long.");
                if (ConfigLine.Parse(source, i + 1, lines[i]) is not { } line)
                    continue;
                if (Is(line, "Host") || Is(line, "Match"))
                {
                    inBlock = true;
                    active = condition(line, enclosing) && enclosing;
                }
                else if (Is(line, "Include"))
                {
                    Include(line, active, inBlock, depth);
                }
                else
                {
                    apply(line, active, inBlock);
                }
            }
            catch (ConfigValueException e)
            {
                _faults.Add($"{source}: line {i + 1}: {e.Message}");
            }
        }
    }

    private void Include(ConfigLine line, bool active, bool inBlock, int depth)
    {
        if (depth >= MaxDepth)
            throw new ConfigValueException("too many levels of Include.");
        foreach (string word in new ConfigArguments(line.Rest).Many())
        {
            string pattern = Variable is null ? word : ConfigTokens.Expand(word, static letter => "%" + letter, Variable);
            foreach (string path in IncludedFiles.Find(pattern, IncludeDirectory, Home))
            {
                if (Open(path) is { } lines)
                    ReadLines(path, lines, active, inBlock, depth + 1);
            }
        }
    }

    private static bool Is(ConfigLine line, string keyword) => line.Keyword.Equals(keyword, StringComparison.OrdinalIgnoreCase);
}
