using Qssh.Commands.Framework;
using Qssh.Errors;
using Qssh.Platform;
using Qssh.Selftest;
using Qssh.Selftest.Vectors;

namespace Qssh.Commands;

/// <summary><c>qssh selftest</c>: known answers on the machine that asks.</summary>
[Command("selftest", Summary = "check the cryptography on this machine", Description = SelftestManual.Description, UsageExitCode = 2)]
[ManSection("EXIT STATUS", SelftestManual.ExitStatus)]
[ManSection("EXAMPLES", SelftestManual.Examples)]
[ManSection("SEE ALSO", "qssh(1), qssh-speed(1)")]
internal sealed partial class SelftestCommand : Command
{
    private const int ExitFailed = 1, ExitUnreadable = 2;

    [Option(Long = "vectors", ValueName = "path", Help = "run the test vectors of a file or below a directory", Complete = Completion.File)]
    public string? Vectors { get; private set; }

    [Flag(Long = "long", Help = "with --vectors: also cases that take minutes")]
    public bool TakesLong { get; private set; }

    [Flag(Long = "json", Help = "print one JSON document for machines")]
    public bool Json { get; private set; }

    public override int Run() => Vectors is null ? RunAnswers() : RunVectors(Vectors);

    private int RunAnswers()
    {
        List<AnswerVerdict> verdicts = [];
        foreach (KnownAnswer answer in KnownAnswers.All())
        {
            AnswerVerdict verdict = KnownAnswers.Run(answer);
            verdicts.Add(verdict);
            if (!Json)
                StandardStreams.WriteOutput(SelftestReport.Line(verdict));
        }

        StandardStreams.WriteOutput(Json ? SelftestReport.Json(verdicts, CommandTable.Version) : SelftestReport.Summary(verdicts));
        return verdicts.Exists(verdict => !verdict.Passed) ? ExitFailed : 0;
    }

    private int RunVectors(string path)
    {
        VectorRun run = new(path, TakesLong);
        if (run.Find() is { } problem)
            throw new FailureException($"'{Printable.Escape(path)}': {problem}", ExitUnreadable);

        Progress progress = new(!Json);
        List<FileVerdict> verdicts = [];
        foreach (string file in run.Files)
        {
            string name = Printable.Escape(Path.GetFileName(file));
            FileVerdict verdict = run.Run(file, number => progress.Show($"{name}: case {number}"));
            progress.Clear();
            verdicts.Add(verdict);
            if (!Json)
                StandardStreams.WriteOutput(VectorReport.Lines(verdict));
        }

        StandardStreams.WriteOutput(Json ? VectorReport.Json(verdicts, run.Others, CommandTable.Version) : VectorReport.Summary(verdicts, run.Others));
        if (verdicts.Exists(verdict => verdict.Failed > 0))
            return ExitFailed;
        return verdicts.Exists(verdict => verdict.Problem is not null) ? ExitUnreadable : 0;
    }
}
