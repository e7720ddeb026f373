using Qssh.Errors;
using Qssh.Transport;

namespace Qssh.Client;

/// <summary>What is said about a connection that ended under a session. All words are ours: an alert carries a code only.</summary>
internal static class EndMessages
{
    /// <param name="reason">Null: the peer said goodbye, but no session of ours was over.</param>
    public static string Of(string host, Exception? reason) => reason switch
    {
        null => $"Connection to {host} closed by remote host.",
        ConnectionEndException { Cause: EndCause.Truncated } => $"Connection to {host} closed by remote host without a goodbye: output may be missing.",
        ConnectionEndException { Cause: EndCause.TimedOut } => $"Timeout, server {host} not responding.",
        ConnectionEndException { Cause: EndCause.Alert } end => $"Connection to {host} closed by remote host: {end.Message}.",
        ProtocolException end => $"Connection to {host} ended: {end.Message}",
        _ => $"Connection to {host} ended: {reason.Message}",
    };
}
