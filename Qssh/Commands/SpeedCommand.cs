using System.Globalization;
using Qssh.Commands.Framework;
using Qssh.Platform;
using Qssh.Speed;

namespace Qssh.Commands;

/// <summary><c>qssh speed</c>: what this machine does in a second.</summary>
[Command("speed", Summary = "measure the cryptography on this machine", Description = SpeedManual.Description, UsageExitCode = 2)]
[ManSection("EXAMPLES", SpeedManual.Examples)]
[ManSection("SEE ALSO", "qssh(1), qssh-selftest(1)")]
internal sealed partial class SpeedCommand : Command
{
    private const double DefaultSeconds = 0.2, Shortest = 0.001, Longest = 60;
    private const int Digits = 6;

    private double _seconds = DefaultSeconds;

    [Option(Long = "seconds", ValueName = "time", Help = "time for each row, such as 0.5; 0.2 if none is given")]
    public string? Seconds { get; private set; }

    [Flag(Long = "json", Help = "print one JSON document for machines")]
    public bool Json { get; private set; }

    [RestOperands("what", Help = "words of the rows to measure, such as hash, aes or falcon512")]
    public List<string> What { get; } = [];

    protected internal override void OnParsed()
    {
        if (Seconds is null)
            return;
        int point = Seconds.IndexOf('.');
        string whole = point < 0 ? Seconds : Seconds[..point], fraction = point < 0 ? "0" : Seconds[(point + 1)..];
        bool isNumber = int.TryParse(whole, NumberStyles.None, CultureInfo.InvariantCulture, out int units)
            && fraction.Length <= Digits && int.TryParse(fraction, NumberStyles.None, CultureInfo.InvariantCulture, out int parts)
            && SetSeconds(units + (parts / (double)Scale(fraction.Length)));
        if (!isNumber)
            throw new UsageException($"--seconds takes a number from 0.001 to 60, not '{Printable.Escape(Seconds)}'");
    }

    public override int Run()
    {
        List<SpeedRow> rows = SpeedRows.All().FindAll(IsWanted);
        if (rows.Count == 0)
            throw new UsageException("no row has such a name; the groups are hash, aead, kem, signature, handshake and frames");

        CpuFacts facts = CpuFacts.Read();
        if (!Json)
            StandardStreams.WriteOutput(SpeedReport.Head(facts));
        List<SpeedResult> results = [];
        Progress progress = new(true);
        string group = "";
        foreach (SpeedRow row in rows)
        {
            progress.Show($"{results.Count + 1}/{rows.Count} {row.Name}");
            SpeedResult result = SpeedMeter.Measure(row, _seconds);
            progress.Clear();
            results.Add(result);
            if (!Json)
                StandardStreams.WriteOutput((row.Group == group ? "" : SpeedReport.Group(row.Group)) + SpeedReport.Line(result));
            group = row.Group;
        }

        if (Json)
            StandardStreams.WriteOutput(SpeedReport.Json(facts, results, CommandTable.Version));
        return 0;
    }

    private static int Scale(int digits) => digits == 0 ? 1 : 10 * Scale(digits - 1);

    private bool SetSeconds(double seconds)
    {
        _seconds = seconds;
        return seconds is >= Shortest and <= Longest;
    }

    private bool IsWanted(SpeedRow row) => What.Count == 0 ? !row.OnRequest : What.Exists(row.Matches);
}
