namespace Qssh.Speed;

/// <summary>One thing to measure.</summary>
/// <param name="group">Heading of the table, and a word to choose rows with.</param>
/// <param name="bytesPerRun">0 where operations are counted.</param>
/// <param name="prepare">Makes keys and inputs, and gives what is run again and again.</param>
/// <param name="onRequest">Measured only if rows are chosen by name.</param>
internal sealed class SpeedRow(string group, string name, int bytesPerRun, Func<Action> prepare, bool onRequest = false)
{
    public string Group => group;

    public string Name => name;

    public int BytesPerRun => bytesPerRun;

    public Func<Action> Prepare => prepare;

    public bool OnRequest => onRequest;

    public string Unit => bytesPerRun == 0 ? "/s" : "MB/s";

    public bool Matches(string word) =>
        name.Contains(word, StringComparison.OrdinalIgnoreCase) || group.StartsWith(word, StringComparison.OrdinalIgnoreCase);
}
