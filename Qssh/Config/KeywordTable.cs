namespace Qssh.Config;

/// <summary>One keyword: how its value enters the options, and how <c>-G</c> or <c>-T</c> shows what counts.</summary>
/// <param name="Print">Values in order, one output line each; null: not shown.</param>
internal sealed record Keyword<TOptions>(
    string Name, Action<TOptions, ConfigArguments> Parse, Func<TOptions, IEnumerable<string>>? Print);

/// <summary>Keywords by name in any case, in the order they are printed.</summary>
internal sealed class KeywordTable<TOptions>
{
    private readonly Keyword<TOptions>[] _rows;
    private readonly Dictionary<string, Keyword<TOptions>> _byName;

    public KeywordTable(params Keyword<TOptions>[] rows)
    {
        _rows = rows;
        _byName = new Dictionary<string, Keyword<TOptions>>(rows.Length, StringComparer.OrdinalIgnoreCase);
        foreach (Keyword<TOptions> row in rows)
            _byName.Add(row.Name, row);
    }

    public IReadOnlyList<Keyword<TOptions>> Rows => _rows;

    public Keyword<TOptions>? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Lines of <c>keyword value</c>, in lower case as OpenSSH prints them.</summary>
    public IEnumerable<string> Dump(TOptions options)
    {
        foreach (Keyword<TOptions> row in _rows)
        {
            if (row.Print is null)
                continue;
            foreach (string value in row.Print(options))
                yield return row.Name + " " + value;
        }
    }
}
