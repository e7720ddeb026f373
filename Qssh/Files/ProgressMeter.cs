using Qssh.Platform;
using Qssh.Telemetry.Log;

namespace Qssh.Files;

/// <summary>
/// The line that people know from OpenSSH: name, share, amount, rate, time left; afterwards the time it took. Drawn once a second while this
/// process owns the terminal. Of many files at once the one that began first is shown; each gets its own line when it is done.
/// </summary>
internal sealed class ProgressMeter : IDisposable
{
    private const int Output = 1;
    private const int NameWidth = 35 + 2;

    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    private readonly List<ProgressEntry> _entries = [];
    private readonly ReactorTimer _timer;
    private bool _isDrawn;
    private long _drawnAt;

    public ProgressMeter() => _timer = Reactor.Current.Schedule(s_interval, Tick);

    /// <summary>Where a meter makes sense.</summary>
    public static bool IsPossible => Descriptor.IsTerminal(Output);

    public ProgressEntry Begin(string name, long size, long done = 0)
    {
        ProgressEntry entry = new(name, size, done, MonotonicClock.Nanoseconds);
        _entries.Add(entry);
        if (_entries.Count == 1)
            Draw(entry, isDone: false);
        return entry;
    }

    public void End(ProgressEntry entry)
    {
        _entries.Remove(entry);
        Draw(entry, isDone: true);
        StandardStreams.WriteOutput("\n");
        _isDrawn = false;
    }

    /// <summary>Other words come: they get a line of their own.</summary>
    public void Interrupt()
    {
        if (_isDrawn)
            StandardStreams.WriteOutput("\n");
        _isDrawn = false;
    }

    /// <summary>For work that keeps the reactor's thread to itself.</summary>
    public void Refresh()
    {
        if (_entries.Count > 0 && MonotonicClock.Nanoseconds - _drawnAt >= s_interval.Ticks * TimeSpan.NanosecondsPerTick)
            Draw(_entries[0], isDone: false);
    }

    public void Dispose() => _timer.Cancel();

    internal static string Line(ProgressEntry entry, int columns, long now, bool isDone)
    {
        int width = Math.Max(4, columns - NameWidth);
        int share = entry.Size <= 0 ? 100 : (int)Math.Min(100, 100 * (double)entry.Done / entry.Size);
        double seconds = Math.Max(1e-3, (now - entry.Started) / 1e9);
        double rate = isDone ? (entry.Done - entry.From) / seconds : entry.Rate(now);
        string name = Fit(PeerText.Escape(entry.Name, 1024), width);
        string time = isDone ? Time((long)seconds) + "    "
            : rate < 1 && entry.Done < entry.Size ? "  --:-- ETA"
            : Time((long)((entry.Size - entry.Done) / Math.Max(rate, 1))) + " ETA";
        return $"\r{name} {share,3}% {Amount(entry.Done)} {Rate(rate)}/s {time}";
    }

    private void Tick()
    {
        if (_entries.Count > 0)
            Draw(_entries[0], isDone: false);
        _timer.Restart(s_interval);
    }

    private void Draw(ProgressEntry entry, bool isDone)
    {
        _drawnAt = MonotonicClock.Nanoseconds;
        if (!ForegroundTerminal.IsOurs(Output))
            return;
        int columns = Math.Clamp(WindowSize.Of(Output)?.Columns ?? 80, 40, 511);
        StandardStreams.WriteOutput(Line(entry, columns, MonotonicClock.Nanoseconds, isDone));
        _isDrawn = true;
    }

    private static string Fit(string name, int width) => name.Length > width ? name[..width] : name.PadRight(width);

    private static string Amount(long bytes)
    {
        ScaledNumber scaled = ScaledNumber.Of((ulong)bytes, 99_999);
        return $"{(scaled.Tenths / 10).ToString().PadLeft(4)}{(scaled.Unit == 'B' ? "  " : scaled.Unit + "B")}";
    }

    private static string Rate(double bytes)
    {
        ScaledNumber scaled = ScaledNumber.Of((ulong)bytes, 9995);
        return $"{scaled.Tenths / 10}.{scaled.Tenths % 10}".PadLeft(5) + (scaled.Unit == 'B' ? " B" : scaled.Unit + "B");
    }

    private static string Time(long seconds) =>
        seconds >= 3600 ? $"{seconds / 3600}:{seconds / 60 % 60:00}:{seconds % 60:00}" : $"  {seconds / 60:00}:{seconds % 60:00}";
}

/// <summary>One file in the meter.</summary>
internal sealed class ProgressEntry(string name, long size, long done, long started)
{
    private double _rate;
    private long _lastTime;
    private long _lastDone = done;

    public string Name => name;

    public long Size => size;

    public long From { get; } = done;

    public long Started { get; } = started;

    public long Done { get; private set; } = done;

    public void Advance(int bytes) => Done += bytes;

    /// <summary>Holes were left out on the way.</summary>
    public void Complete() => Done = Math.Max(Done, size);

    /// <summary>Of the last seconds, smoothed.</summary>
    public double Rate(long now)
    {
        double seconds = (now - Math.Max(_lastTime, Started)) / 1e9;
        if (seconds < 0.5)
            return _rate;
        double present = (Done - _lastDone) / seconds;
        _rate = _rate == 0 ? present : 0.9 * _rate + 0.1 * present;
        (_lastTime, _lastDone) = (now, Done);
        return _rate;
    }
}
