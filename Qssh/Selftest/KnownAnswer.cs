namespace Qssh.Selftest;

/// <summary>A check with a built-in answer.</summary>
/// <param name="Check">True if what was computed is the answer.</param>
internal sealed record KnownAnswer(string Name, Func<bool> Check);

/// <param name="Fault">What went wrong beyond a wrong answer, if anything.</param>
internal sealed record AnswerVerdict(string Name, bool Passed, TimeSpan Time, string? Fault);
