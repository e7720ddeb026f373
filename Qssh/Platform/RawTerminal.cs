namespace Qssh.Platform;

/// <summary>The user's terminal in raw mode, for as long as this object lives; see <see cref="TerminalRestorer"/> for untimely ends.</summary>
internal sealed class RawTerminal : IDisposable
{
    private readonly int _descriptor;
    private readonly TerminalSettings _raw;
    private TerminalRestorer.Entry? _entry;

    private RawTerminal(int descriptor, in TerminalSettings original)
    {
        _descriptor = descriptor;
        Original = original;
        _raw = original.ToRaw();
        _entry = TerminalRestorer.Add(descriptor, original);
        Resume();
    }

    /// <summary>The settings before: what is sent as terminal modes.</summary>
    public TerminalSettings Original { get; }

    /// <summary>Null when it is not a terminal.</summary>
    public static RawTerminal? Enter(int fd) => TerminalSettings.TryGet(fd, out TerminalSettings original) ? new RawTerminal(fd, original) : null;

    /// <summary>Gives the terminal back for a while: before this process stops, or before a line is asked for.</summary>
    public void Suspend() => Original.Set(_descriptor, SettingsMoment.AfterOutput);

    public void Resume() => _raw.Set(_descriptor, SettingsMoment.AfterOutput);

    public void Dispose()
    {
        if (_entry is null)
            return;

        Original.Set(_descriptor, SettingsMoment.AfterOutput);
        TerminalRestorer.Remove(_entry);
        _entry = null;
    }
}
