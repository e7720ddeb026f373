using Qssh.Errors;
using Qssh.Sftp.Client;
using Qssh.Telemetry.Log;

namespace Qssh.Files;

/// <summary>Collects what went wrong and tells it, a line each; names are escaped, as others chose them.</summary>
internal sealed class TransferReport(Action<string> say)
{
    /// <summary>Draws lines that messages have to leave alone; null: nobody watches.</summary>
    public ProgressMeter? Meter { get; set; }

    public int Failures { get; private set; }

    /// <summary>The user has had enough: what has begun ends where it is.</summary>
    public bool IsCancelled { get; private set; }

    public event Action? Cancelled;

    public void Cancel()
    {
        IsCancelled = true;
        Cancelled?.Invoke();
    }

    public void Fail(string text)
    {
        Failures++;
        Note(text);
    }

    /// <summary>What is worth knowing and no failure.</summary>
    public void Note(string text)
    {
        Meter?.Interrupt();
        say(text);
    }

    public void Reset()
    {
        Failures = 0;
        IsCancelled = false;
    }

    public static string Quote(string path) => $"\"{PeerText.Escape(path, 4096)}\"";

    /// <summary>What belongs to one file and leaves the session as it is.</summary>
    public static bool IsOfFile(Exception fault) => fault is SftpException or ArgumentException;

    /// <summary>A fault of the peer ends the session, whoever finds it.</summary>
    public static Exception AsLost(Exception fault) => fault is ProtocolException ? new SftpLostException(fault.Message) : fault;
}
