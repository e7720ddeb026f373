using Qssh.Selftest;
using Xunit;

namespace Qssh.Tests.Selftest;

public sealed class KnownAnswersTests
{
    [Fact]
    public void All_pass_and_have_names_of_their_own()
    {
        List<KnownAnswer> all = KnownAnswers.All();
        Assert.True(all.Count > 40);
        Assert.Equal(all.Count, all.Select(answer => answer.Name).Distinct().Count());
        Assert.All(all, answer => Assert.True(KnownAnswers.Run(answer).Passed, answer.Name));
    }

    [Fact]
    public void A_wrong_answer_and_an_exception_are_failures()
    {
        AnswerVerdict wrong = KnownAnswers.Run(new KnownAnswer("wrong", () => false));
        AnswerVerdict thrown = KnownAnswers.Run(new KnownAnswer("thrown", () => throw new InvalidOperationException("broken")));
        Assert.Contains("FAILED", SelftestReport.Line(wrong));
        Assert.Contains("FAILED: broken", SelftestReport.Line(thrown));
        Assert.StartsWith("0 passed, 2 failed", SelftestReport.Summary([wrong, thrown]));
        using System.Text.Json.JsonDocument document = System.Text.Json.JsonDocument.Parse(SelftestReport.Json([wrong, thrown], "1"));
        Assert.False(document.RootElement.GetProperty("passed").GetBoolean());
        Assert.Equal(2, document.RootElement.GetProperty("tests").GetArrayLength());
    }
}
