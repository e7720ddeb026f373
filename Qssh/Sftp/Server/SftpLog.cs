using Microsoft.Extensions.Logging;

namespace Qssh.Sftp.Server;

/// <summary>What the server of files logs, in the words that log readers know from OpenSSH. The logger escapes every name.</summary>
internal static partial class SftpLog
{
    [LoggerMessage(101, LogLevel.Information, "session opened for local user {User} from [{Client}]")]
    public static partial void SessionOpened(this ILogger log, string user, string client);

    [LoggerMessage(102, LogLevel.Information, "session closed for local user {User} from [{Client}]")]
    public static partial void SessionClosed(this ILogger log, string user, string client);

    [LoggerMessage(103, LogLevel.Information, "open \"{Name}\" flags {Flags} mode 0{Mode}")]
    public static partial void Opened(this ILogger log, string name, string flags, string mode);

    [LoggerMessage(104, LogLevel.Information, "close \"{Name}\" bytes read {Read} written {Written}")]
    public static partial void Closed(this ILogger log, string name, long read, long written);

    [LoggerMessage(105, LogLevel.Information, "forced close \"{Name}\" bytes read {Read} written {Written}")]
    public static partial void ForceClosed(this ILogger log, string name, long read, long written);

    [LoggerMessage(106, LogLevel.Information, "{Request} \"{Name}\"")]
    public static partial void Requested(this ILogger log, string request, string name);

    [LoggerMessage(107, LogLevel.Information, "{Request} old \"{Name}\" new \"{NewName}\"")]
    public static partial void Requested(this ILogger log, string request, string name, string newName);

    [LoggerMessage(108, LogLevel.Information, "set \"{Name}\" {What}")]
    public static partial void Set(this ILogger log, string name, string what);

    [LoggerMessage(109, LogLevel.Debug, "sent status {Status}")]
    public static partial void SentStatus(this ILogger log, string status);

    [LoggerMessage(110, LogLevel.Error, "{Text}")]
    public static partial void Fault(this ILogger log, string text);

    [LoggerMessage(111, LogLevel.Information, "{Request} request refused")]
    public static partial void Refused(this ILogger log, string request);
}
