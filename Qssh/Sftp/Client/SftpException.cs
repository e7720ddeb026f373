using Qssh.Telemetry.Log;

namespace Qssh.Sftp.Client;

/// <summary>The server refused a request. The message is one line and safe for a terminal.</summary>
internal sealed class SftpException(SftpStatus status, string message) : Exception(message)
{
    public SftpStatus Status => status;

    /// <summary>The server's own words where it has some, as OpenSSH's server says more by them than by the code.</summary>
    public static SftpException Of(SftpStatus status, ReadOnlySpan<byte> words)
    {
        // What the system says for it, and OpenSSH's client: scripts look for these words.
        string text = status == SftpStatus.NoSuchFile ? "No such file or directory" : System.Text.Encoding.ASCII.GetString(SftpStatusText.Of(status));
        bool tells = status == SftpStatus.Failure && !words.IsEmpty && !words.SequenceEqual(SftpStatusText.Of(SftpStatus.Failure));
        return new SftpException(status, tells ? PeerText.Escape(words, 200) : text);
    }
}

/// <summary>The session is over: nothing more can be asked.</summary>
internal sealed class SftpLostException(string message) : Exception(message);
