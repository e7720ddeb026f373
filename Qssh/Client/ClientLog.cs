using System.Text;
using Qssh.Config;
using Qssh.Errors;
using Qssh.Platform;
using Qssh.Platform.Native;

namespace Qssh.Client;

/// <summary>
/// The client's own words, on standard error, in the file of <c>-E</c> or in the system's log; never on standard output, which carries remote bytes only.
/// What comes from the peer is escaped before it gets here (<see cref="Telemetry.Log.PeerText"/>).
/// </summary>
internal sealed class ClientLog(LogVerbosity level, OwnedFd? file = null) : IDisposable
{
    private const int ErrorNumber = 2;

    public LogVerbosity Level { get; set; } = level;

    /// <summary>The terminal translates no line ends at present.</summary>
    public bool IsRaw { get; set; }

    /// <summary>In the background nobody reads standard error any more.</summary>
    public bool IsMuted { get; set; }

    /// <summary>Takes the lines of -y; what it does not take goes to standard error.</summary>
    public SystemLog? Journal { get; init; }

    public bool IsVerbose => Level >= LogVerbosity.Debug1;

    /// <param name="path">The file of -E, or null.</param>
    public static ClientLog Open(LogVerbosity level, string? path)
    {
        if (path is null)
            return new ClientLog(level);
        OwnedFd? file = Descriptor.Open(path, Libc.O_WRONLY | Libc.O_APPEND | Libc.O_CREAT | Libc.O_NOCTTY, 0x180, out int error);
        return file is null ? throw new FailureException($"cannot open log file {path}: {Errno.Text(error)}") : new ClientLog(level, file);
    }

    /// <summary>Why the client fails: said even with -q.</summary>
    public void Fatal(string text) => Write(text, SystemLog.Error);

    /// <summary>An answer to the user's own escape.</summary>
    public void Say(string text) => WriteHere(text);

    public void Info(string text) => WriteAt(LogVerbosity.Info, text);

    public void Verbose(string text) => WriteAt(LogVerbosity.Verbose, text);

    public void Debug(string text) => WriteAt(LogVerbosity.Debug1, text, "debug1: ");

    public void Debug2(string text) => WriteAt(LogVerbosity.Debug2, text, "debug2: ");

    public void Debug3(string text) => WriteAt(LogVerbosity.Debug3, text, "debug3: ");

    public void Dispose()
    {
        file?.Dispose();
        Journal?.Dispose();
    }

    private void WriteAt(LogVerbosity wanted, string text, string prefix = "")
    {
        if (Level >= wanted)
            Write(prefix + text, wanted <= LogVerbosity.Verbose ? SystemLog.Information : SystemLog.Debug);
    }

    private void Write(string text, int severity)
    {
        if (Journal is null || !Journal.TryWrite(severity, Encoding.UTF8.GetBytes(text)))
            WriteHere(text);
    }

    private void WriteHere(string text)
    {
        if (file is not null)
            Descriptor.Write(file.Value, Encoding.UTF8.GetBytes(text + "\n"));
        else if (!IsMuted)
            StandardStreams.WriteError(IsRaw && Descriptor.IsTerminal(ErrorNumber) ? text.ReplaceLineEndings("\r\n") + "\r\n" : text + "\n");
    }
}
