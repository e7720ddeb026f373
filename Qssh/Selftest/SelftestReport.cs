using Qssh.Json;

namespace Qssh.Selftest;

/// <summary>How the built-in checks are told.</summary>
internal static class SelftestReport
{
    private const int NameWidth = 44;

    public static string Line(AnswerVerdict verdict)
    {
        string result = verdict.Passed ? "passed" : verdict.Fault is null ? "FAILED" : $"FAILED: {verdict.Fault}";
        return $"{verdict.Name.PadRight(NameWidth)} {FixedPoint.Text(verdict.Time.TotalMilliseconds, 2).PadLeft(9)} ms  {result}\n";
    }

    public static string Summary(List<AnswerVerdict> verdicts)
    {
        int passed = verdicts.FindAll(verdict => verdict.Passed).Count;
        return $"{passed} passed, {verdicts.Count - passed} failed, {FixedPoint.Text(Total(verdicts), 2)} s\n";
    }

    public static string Json(List<AnswerVerdict> verdicts, string version)
    {
        JsonWriter writer = new();
        writer.Begin('{').Name("program").Value("qssh").Name("version").Value(version).Name("passed").Value(!verdicts.Exists(verdict => !verdict.Passed));
        writer.Name("seconds").Value(Total(verdicts)).Name("tests").Begin('[');
        foreach (AnswerVerdict verdict in verdicts)
        {
            writer.Begin('{').Name("name").Value(verdict.Name).Name("passed").Value(verdict.Passed).Name("milliseconds").Value(verdict.Time.TotalMilliseconds);
            if (verdict.Fault is not null)
                writer.Name("fault").Value(verdict.Fault);
            writer.End('}');
        }

        return writer.End(']').End('}').ToString();
    }

    private static double Total(List<AnswerVerdict> verdicts)
    {
        double seconds = 0;
        foreach (AnswerVerdict verdict in verdicts)
            seconds += verdict.Time.TotalSeconds;
        return seconds;
    }
}
