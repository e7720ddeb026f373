using System.Runtime.InteropServices;

namespace Qssh.Platform;

/// <summary>
/// Terminals whose settings we changed, and what they were: put back whatever ends this process, be it an exit, an unhandled
/// exception or a fatal signal (but for SIGKILL, which nobody sees).
/// </summary>
internal static class TerminalRestorer
{
    private static readonly Lock s_lock = new();
    private static readonly List<Entry> s_entries = [];
    private static readonly List<PosixSignalRegistration> s_signals = [];
    private static bool s_hooked;

    /// <summary>Remembers settings to put back; the newest are put back first.</summary>
    public static Entry Add(int fd, in TerminalSettings settings)
    {
        var entry = new Entry(fd, settings);
        lock (s_lock)
        {
            s_entries.Add(entry);
            if (s_hooked)
                return entry;
            s_hooked = true;
        }
        AppDomain.CurrentDomain.ProcessExit += (_, _) => RestoreAll();
        AppDomain.CurrentDomain.UnhandledException += (_, _) => RestoreAll();
        foreach (PosixSignal signal in (ReadOnlySpan<PosixSignal>)[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT])
        {
            // Not cancelled: the default action follows, unless somebody else who handles the signal decides otherwise.
            s_signals.Add(PosixSignalRegistration.Create(signal, static _ => RestoreAll()));
        }
        return entry;
    }

    public static void Remove(Entry entry)
    {
        lock (s_lock)
            s_entries.Remove(entry);
    }

    /// <summary>Also from signal and exit handlers, on any thread. The entries stay: whoever changes settings again is put back again.</summary>
    public static void RestoreAll()
    {
        lock (s_lock)
        {
            for (int i = s_entries.Count - 1; i >= 0; i--)
                s_entries[i].Restore();
        }
    }

    internal sealed class Entry(int fd, TerminalSettings settings)
    {
        private readonly TerminalSettings _settings = settings;

        public void Restore() => _settings.Set(fd, SettingsMoment.Now);
    }
}
