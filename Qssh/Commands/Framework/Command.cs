namespace Qssh.Commands.Framework;

/// <summary>
/// One command of the multi-call executable. A derived class declares its options as properties and says what to do in <see cref="Run"/>;
/// the abstract members below are written by the generator. Nothing here has static state: a command costs only what it uses.
/// </summary>
internal abstract class Command
{
    private List<string>? _settings;

    /// <summary>Configuration keywords of the command line as <c>Keyword=value</c> or <c>Keyword value</c>. The first one of a keyword wins.</summary>
    public List<string> Settings => _settings ??= [];

    /// <summary>The name under which the command was called, for its messages.</summary>
    public string CalledAs { get; internal set; } = "qssh";

    /// <summary>Lines to print once the command line is understood: an option was accepted but is not there yet.</summary>
    internal List<string>? Notes { get; private set; }

    /// <summary>Options without effect and why.</summary>
    internal List<string>? IgnoredOptions { get; private set; }

    /// <summary>Suppresses <see cref="Notes"/>.</summary>
    protected internal virtual bool IsQuiet => false;

    /// <summary>Prints <see cref="IgnoredOptions"/>.</summary>
    protected internal virtual bool IsVerbose => false;

    /// <summary>False if what was asked for needs none of the required operands.</summary>
    protected internal virtual bool NeedsOperands => true;

    /// <summary>Does the work; the result is the exit status.</summary>
    public abstract int Run();

    /// <summary>Checks that need the whole command line. Throws <see cref="UsageException"/> or FailureException.</summary>
    protected internal virtual void OnParsed()
    {
    }

    internal abstract OperandMode Mode { get; }

    internal abstract int UsageExitCode { get; }

    /// <summary>One line that starts with <c>usage:</c>, and a pointer to <c>--help</c>.</summary>
    internal abstract ReadOnlySpan<byte> Usage { get; }

    internal abstract ReadOnlySpan<byte> Help { get; }

    internal abstract ReadOnlySpan<byte> ManPage { get; }

    /// <summary>Number of the option with this letter, or -1.</summary>
    internal abstract int FindShort(char letter);

    /// <summary>Number of the option with this long name, or -1.</summary>
    internal abstract int FindLong(ReadOnlySpan<char> name);

    internal abstract bool TakesValue(int option);

    /// <summary>Carries an option out; <paramref name="name"/> is how the user wrote it.</summary>
    internal abstract void Apply(int option, string name, string value);

    /// <summary>Takes the next operand; false if it is one too many.</summary>
    internal abstract bool ApplyOperand(int index, string value);

    /// <summary>Name of the operand that <paramref name="count"/> words leave missing.</summary>
    internal abstract string? MissingOperand(int count);

    /// <summary>Called by generated code for an option that stands for a configuration keyword.</summary>
    protected void AddSetting(string keyword, string value, bool overrides)
    {
        string setting = keyword.Length == 0 ? value : SettingText.Format(keyword, value);
        if (overrides)
            Settings.Insert(0, setting);
        else
            Settings.Add(setting);
    }

    protected void AddNote(string name, string reason) => (Notes ??= []).Add($"{name}: {reason}");

    protected void AddIgnored(string name, string reason) => (IgnoredOptions ??= []).Add($"{name} has no effect: {reason}");

    protected void FailNotYet(string name, string reason) =>
        throw new Errors.FailureException($"{name} is not available: {reason}", UsageExitCode);
}
