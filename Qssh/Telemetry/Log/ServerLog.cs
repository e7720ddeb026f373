using Microsoft.Extensions.Logging;

namespace Qssh.Telemetry.Log;

/// <summary>Every event the server logs, one method each; their names and fields are stable. Never keys, keystrokes or passwords.</summary>
internal static partial class ServerLog
{
    [LoggerMessage(1, LogLevel.Information, "listening on {Address}")]
    public static partial void Listening(this ILogger log, string address);

    [LoggerMessage(2, LogLevel.Information, "{Key}")]
    public static partial void HostKeyReady(this ILogger log, string key);

    [LoggerMessage(4, LogLevel.Information, "running as {User}, not root: only that user can log in")]
    public static partial void OwnUserOnly(this ILogger log, string user);

    [LoggerMessage(5, LogLevel.Information, "shutting down on {Signal}, {Connections} connections open")]
    public static partial void ShuttingDown(this ILogger log, string signal, int connections);

    [LoggerMessage(6, LogLevel.Information, "configuration read again")]
    public static partial void Reloaded(this ILogger log);

    [LoggerMessage(7, LogLevel.Error, "configuration not changed: {Reason}")]
    public static partial void ReloadFailed(this ILogger log, string reason);

    [LoggerMessage(8, LogLevel.Error, "cannot accept connections: {Reason}")]
    public static partial void AcceptFailed(this ILogger log, string reason);

    [LoggerMessage(10, LogLevel.Debug, "{Connection}: connection from {Address}")]
    public static partial void Accepted(this ILogger log, long connection, string address);

    [LoggerMessage(11, LogLevel.Warning, "connection from {Address} refused: {Reason}")]
    public static partial void Refused(this ILogger log, string address, string reason);

    [LoggerMessage(12, LogLevel.Debug, "{Connection}: handshake done: {Tier}, {Suite}")]
    public static partial void HandshakeDone(this ILogger log, long connection, string tier, string suite);

    [LoggerMessage(13, LogLevel.Information, "{Connection}: {Address}: no login: {Reason}")]
    public static partial void HandshakeFailed(this ILogger log, long connection, string address, string reason);

    [LoggerMessage(14, LogLevel.Information, "{Connection}: accepted publickey for {User} from {Address}: {Type} {Fingerprint}, {Tier}, {Suite}")]
    public static partial void LoggedIn(this ILogger log, long connection, string user, string address, string type, string fingerprint, string tier, string suite);

    [LoggerMessage(15, LogLevel.Information, "{Connection}: failed publickey for {User} from {Address}: {Type} {Fingerprint}: {Reason}")]
    public static partial void LoginFailed(this ILogger log, long connection, string user, string address, string type, string fingerprint, string reason);

    [LoggerMessage(16, LogLevel.Information, "{Connection}: {User} disconnected: {Reason}")]
    public static partial void Disconnected(this ILogger log, long connection, string user, string reason);

    [LoggerMessage(17, LogLevel.Information, "{Connection}: {User} starts {What}")]
    public static partial void SessionStarted(this ILogger log, long connection, string user, string what);

    [LoggerMessage(18, LogLevel.Information, "{Connection}: session of {User} ended: {Result}")]
    public static partial void SessionEnded(this ILogger log, long connection, string user, string result);

    [LoggerMessage(19, LogLevel.Warning, "{Connection}: session of {User} did not start: {Reason}")]
    public static partial void SessionFailed(this ILogger log, long connection, string user, string reason);

    [LoggerMessage(20, LogLevel.Debug, "{Connection}: {Text}")]
    public static partial void Note(this ILogger log, long connection, string text);

    [LoggerMessage(21, LogLevel.Error, "{Connection}: internal error")]
    public static partial void InternalError(this ILogger log, long connection, Exception fault);
}
