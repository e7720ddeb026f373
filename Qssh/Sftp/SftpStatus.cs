namespace Qssh.Sftp;

/// <summary>Codes of a status reply (draft-ietf-secsh-filexfer-02, section 7). A peer may send others: they are failures.</summary>
internal enum SftpStatus : uint
{
    Ok = 0,
    EndOfFile = 1,
    NoSuchFile = 2,
    PermissionDenied = 3,
    Failure = 4,
    BadMessage = 5,
    NoConnection = 6,
    ConnectionLost = 7,
    Unsupported = 8,
}

internal static class SftpStatusText
{
    /// <summary>The words that deployed servers send with a code.</summary>
    public static ReadOnlySpan<byte> Of(SftpStatus status) => status switch
    {
        SftpStatus.Ok => "Success"u8,
        SftpStatus.EndOfFile => "End of file"u8,
        SftpStatus.NoSuchFile => "No such file"u8,
        SftpStatus.PermissionDenied => "Permission denied"u8,
        SftpStatus.BadMessage => "Bad message"u8,
        SftpStatus.NoConnection => "No connection"u8,
        SftpStatus.ConnectionLost => "Connection lost"u8,
        SftpStatus.Unsupported => "Operation unsupported"u8,
        _ => "Failure"u8,
    };
}
