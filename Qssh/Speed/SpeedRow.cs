namespace Qssh.Speed;

/// <summary>One thing to measure.</summary>
/// <param name="Group">Heading of the table, and a word to choose rows with.</param>
/// <param name="BytesPerRun">0 where operations are counted.</param>
/// <param name="Prepare">Makes keys and inputs, and gives what is run again and again.</param>
/// <param name="OnRequest">Measured only if rows are chosen by name.</param>
internal sealed record SpeedRow(string Group, string Name, int BytesPerRun, Func<Action> Prepare, bool OnRequest = false)
{
    public string Unit => BytesPerRun == 0 ? "/s" : "MB/s";

    public bool Matches(string word) =>
        Name.Contains(word, StringComparison.OrdinalIgnoreCase) || Group.StartsWith(word, StringComparison.OrdinalIgnoreCase);
}
