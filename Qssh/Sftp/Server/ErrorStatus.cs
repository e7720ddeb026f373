using Qssh.Platform.Native;

namespace Qssh.Sftp.Server;

/// <summary>Error numbers as status codes, in the way of deployed servers: version 3 has but four to tell them apart.</summary>
internal static class ErrorStatus
{
    public static SftpStatus Of(int error) => error switch
    {
        0 => SftpStatus.Ok,
        Errno.NoEntry or Errno.NotDirectory or Errno.BadDescriptor or Errno.TooManyLinks => SftpStatus.NoSuchFile,
        Errno.NotPermitted or Errno.AccessDenied or Errno.BadAddress => SftpStatus.PermissionDenied,
        Errno.NameTooLong or Errno.Invalid => SftpStatus.BadMessage,
        Errno.NotImplemented => SftpStatus.Unsupported,
        _ => SftpStatus.Failure,
    };
}
