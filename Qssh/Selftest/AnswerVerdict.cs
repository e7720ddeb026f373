namespace Qssh.Selftest;

/// <summary>How one check went.</summary>
/// <param name="fault">What went wrong beyond a wrong answer, if anything.</param>
internal sealed class AnswerVerdict(string name, bool passed, TimeSpan time, string? fault)
{
    public string Name => name;

    public bool Passed => passed;

    public TimeSpan Time => time;

    public string? Fault => fault;
}
