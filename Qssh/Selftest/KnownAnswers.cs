using System.Diagnostics;
using Qssh.Selftest.Answers;

namespace Qssh.Selftest;

/// <summary>Every built-in check, in the order of the layers.</summary>
internal static class KnownAnswers
{
    public static List<KnownAnswer> All()
    {
        List<KnownAnswer> all = [];
        HashAnswers.AddTo(all);
        AeadAnswers.AddTo(all);
        KemAnswers.AddTo(all);
        SignatureAnswers.AddTo(all);
        ScheduleAnswers.AddTo(all);
        return all;
    }

    /// <summary>A check that throws has failed; the others still run.</summary>
    public static AnswerVerdict Run(KnownAnswer answer)
    {
        long start = Stopwatch.GetTimestamp();
        bool passed = false;
        string? fault = null;
        try
        {
            passed = answer.Check();
        }
        catch (Exception e)
        {
            fault = e.Message;
        }

        return new AnswerVerdict(answer.Name, passed, Stopwatch.GetElapsedTime(start), fault);
    }
}
