using System.Text;
using Qssh.Json;

namespace Qssh.Speed;

/// <summary>How the measurements are told.</summary>
internal static class SpeedReport
{
    private const int NameWidth = 56;

    public static string Head(CpuFacts facts)
    {
        StringBuilder text = new();
        text.Append($"{CpuFacts.Architecture}, {facts.Model}, {CpuFacts.Processors} processors\n");
        text.Append($"found: {(facts.Found.Count == 0 ? "not known" : string.Join(' ', facts.Found))}\n");
        foreach ((string primitive, string means) in CpuFacts.Used())
            text.Append($"used:  {primitive}: {means}\n");
        if (CpuFacts.IsBaseline)
            text.Append("QSSH_CPU=baseline: nothing faster is used\n");
        return text.ToString();
    }

    public static string Group(string name) => name switch
    {
        "hash" => "\nhashes, 16384 bytes\n",
        "aead" => "\nauthenticated encryption, sealing\n",
        "kem" => "\nkey agreement\n",
        "signature" => "\nsignatures\n",
        "handshake" => "\nhandshakes, both sides in this process\n",
        _ => "\nframes, sealed and opened\n",
    };

    public static string Line(SpeedResult result)
    {
        string rate = FixedPoint.Text(result.Median, result.Median < 100 ? 2 : 0);
        string cpu = result.Row.BytesPerRun == 0 ? $"  {FixedPoint.Text(result.CpuMilliseconds, 3).PadLeft(9)} ms CPU" : "";
        return $"  {result.Row.Name.PadRight(NameWidth)} {rate.PadLeft(8)} {result.Row.Unit.PadRight(4)} ±{FixedPoint.Text(result.SpreadPercent, 0).PadLeft(3)}%{cpu}\n";
    }

    public static string Json(CpuFacts facts, List<SpeedResult> results, string version)
    {
        JsonWriter writer = new();
        writer.Begin('{').Name("program").Value("qssh").Name("version").Value(version).Name("cpu").Begin('{');
        writer.Name("architecture").Value(CpuFacts.Architecture).Name("model").Value(facts.Model).Name("processors").Value(CpuFacts.Processors);
        writer.Name("baseline").Value(CpuFacts.IsBaseline).Name("found").Begin('[');
        foreach (string feature in facts.Found)
            writer.Value(feature);
        writer.End(']').Name("used").Begin('{');
        foreach ((string primitive, string means) in CpuFacts.Used())
            writer.Name(primitive).Value(means);
        writer.End('}').End('}').Name("rows").Begin('[');
        foreach (SpeedResult result in results)
        {
            writer.Begin('{').Name("group").Value(result.Row.Group).Name("name").Value(result.Row.Name).Name("unit").Value(result.Row.Unit);
            writer.Name("median").Value(result.Median).Name("lowest").Value(result.Lowest).Name("highest").Value(result.Highest);
            writer.Name("samples").Value(result.Samples).Name("runs").Value(result.Runs).Name("cpuMilliseconds").Value(result.CpuMilliseconds).End('}');
        }

        return writer.End(']').End('}').ToString();
    }
}
