using System.Text;
using Qssh.Json;
using Qssh.Selftest.Vectors;

namespace Qssh.Selftest;

/// <summary>How files of vectors are told.</summary>
internal static class VectorReport
{
    private const int NameWidth = 46;

    public static string Lines(FileVerdict verdict)
    {
        string name = Printable(verdict.Path);
        StringBuilder lines = new();
        lines.Append($"{name.PadRight(NameWidth)} {verdict.Passed,5} passed {verdict.Failed,4} failed {verdict.Skipped,4} skipped {FixedPoint.Text(verdict.Time.TotalSeconds, 2).PadLeft(7)} s\n");
        foreach (CaseReport failure in verdict.Failures)
            lines.Append($"  FAILED {name}: group {failure.Group}, case {failure.Case}: {failure.Reason}\n");
        if (verdict.Failed > verdict.Failures.Count)
            lines.Append($"  FAILED {name}: {verdict.Failed - verdict.Failures.Count} more cases\n");
        foreach (SkipReport skip in verdict.Skips)
            lines.Append($"  skipped {skip.Cases}: {Printable(skip.Reason)}\n");
        if (verdict.Problem is not null)
            lines.Append($"  UNREADABLE {name}: {Printable(verdict.Problem)}\n");
        return lines.ToString();
    }

    public static string Summary(List<FileVerdict> verdicts, int others)
    {
        (int passed, int failed, int skipped, int unreadable, double seconds) = Totals(verdicts);
        string unread = unreadable > 0 ? $", {unreadable} files not understood" : "";
        string left = others > 0 ? $", {others} files of other names left alone" : "";
        return $"{verdicts.Count} files: {passed} passed, {failed} failed, {skipped} skipped{unread}{left}, {FixedPoint.Text(seconds, 1)} s\n";
    }

    public static string Json(List<FileVerdict> verdicts, int others, string version)
    {
        (int passed, int failed, int skipped, int unreadable, double seconds) = Totals(verdicts);
        JsonWriter writer = new();
        writer.Begin('{').Name("program").Value("qssh").Name("version").Value(version);
        writer.Name("passed").Value(passed).Name("failed").Value(failed).Name("skipped").Value(skipped).Name("unreadable").Value(unreadable);
        writer.Name("otherFiles").Value(others).Name("seconds").Value(seconds).Name("files").Begin('[');
        foreach (FileVerdict verdict in verdicts)
            WriteFile(writer, verdict);
        return writer.End(']').End('}').ToString();
    }

    private static void WriteFile(JsonWriter writer, FileVerdict verdict)
    {
        writer.Begin('{').Name("file").Value(verdict.Path).Name("passed").Value(verdict.Passed).Name("failed").Value(verdict.Failed);
        writer.Name("skipped").Value(verdict.Skipped).Name("seconds").Value(verdict.Time.TotalSeconds);
        if (verdict.Problem is not null)
            writer.Name("problem").Value(verdict.Problem);
        writer.Name("failures").Begin('[');
        foreach (CaseReport failure in verdict.Failures)
            writer.Begin('{').Name("group").Value(failure.Group).Name("case").Value(failure.Case).Name("reason").Value(failure.Reason).End('}');
        writer.End(']').Name("skips").Begin('[');
        foreach (SkipReport skip in verdict.Skips)
            writer.Begin('{').Name("reason").Value(skip.Reason).Name("cases").Value(skip.Cases).End('}');
        writer.End(']').End('}');
    }

    private static (int Passed, int Failed, int Skipped, int Unreadable, double Seconds) Totals(List<FileVerdict> verdicts)
    {
        (int passed, int failed, int skipped, int unreadable, double seconds) = (0, 0, 0, 0, 0.0);
        foreach (FileVerdict verdict in verdicts)
        {
            passed += verdict.Passed;
            failed += verdict.Failed;
            skipped += verdict.Skipped;
            unreadable += verdict.Problem is null ? 0 : 1;
            seconds += verdict.Time.TotalSeconds;
        }

        return (passed, failed, skipped, unreadable, seconds);
    }

    /// <summary>Names of files and of algorithms are a stranger's text.</summary>
    private static string Printable(string text) => string.Create(text.Length, text, static (span, from) =>
    {
        for (int i = 0; i < span.Length; i++)
            span[i] = char.IsControl(from[i]) ? '?' : from[i];
    });
}
