using System.Diagnostics;
using Qssh.Platform;

namespace Qssh.Commands;

/// <summary>One line of standard error that is written over and over, on a terminal only.</summary>
internal sealed class Progress(bool isWanted)
{
    private const int Error = 2, Width = 79;
    private const double Interval = 0.1;

    private readonly bool _isShown = isWanted && Descriptor.IsTerminal(Error);
    private long _last;
    private bool _isDirty;

    /// <param name="text">Printable. Shown at most ten times a second.</param>
    public void Show(string text)
    {
        if (!_isShown || (_isDirty && Stopwatch.GetElapsedTime(_last).TotalSeconds < Interval))
            return;
        _last = Stopwatch.GetTimestamp();
        _isDirty = true;
        StandardStreams.WriteError($"\r{(text.Length > Width ? text[..Width] : text)}\e[K");
    }

    public void Clear()
    {
        if (_isDirty)
            StandardStreams.WriteError("\r\e[K");
        _isDirty = false;
    }
}
