using Qssh.Errors;

namespace Qssh.Transport;

/// <summary>How a connection ended that did not end by our own decision.</summary>
internal enum EndCause
{
    /// <summary>The stream ended without a close alert: something may be missing.</summary>
    Truncated = 0,

    /// <summary>The peer sent an alert.</summary>
    Alert,

    /// <summary>Our deadline or the keep-alive limit passed.</summary>
    TimedOut,

    /// <summary>The socket failed.</summary>
    Broken,

    /// <summary>The peer does not speak this protocol.</summary>
    Stranger,
}

/// <summary>The connection is over. The message is made of our own words only.</summary>
internal sealed class ConnectionEndException(EndCause cause, string message, AlertCode alert = AlertCode.Close) : IOException(message)
{
    public EndCause Cause { get; } = cause;

    /// <summary>The code, where the cause is an alert.</summary>
    public AlertCode Alert { get; } = alert;

    public static ConnectionEndException FromAlert(AlertCode code) => new(EndCause.Alert, AlertText.Of(code), code);
}
