namespace Qssh.Selftest;

/// <summary>A check with a built-in answer.</summary>
/// <param name="check">True if what was computed is the answer.</param>
internal sealed class KnownAnswer(string name, Func<bool> check)
{
    public string Name => name;

    public Func<bool> Check => check;
}
