namespace Qssh.Sftp;

/// <summary>Names of extended requests (OpenSSH's PROTOCOL, section 4; draft-ietf-secsh-filexfer-extensions-00) and the versions we speak.</summary>
internal static class SftpExtension
{
    public static ReadOnlySpan<byte> PosixRename => "posix-rename@openssh.com"u8;

    public static ReadOnlySpan<byte> FileSystem => "statvfs@openssh.com"u8;

    public static ReadOnlySpan<byte> HandleFileSystem => "fstatvfs@openssh.com"u8;

    public static ReadOnlySpan<byte> HardLink => "hardlink@openssh.com"u8;

    public static ReadOnlySpan<byte> Synchronize => "fsync@openssh.com"u8;

    public static ReadOnlySpan<byte> LinkSetStatus => "lsetstat@openssh.com"u8;

    public static ReadOnlySpan<byte> Limits => "limits@openssh.com"u8;

    public static ReadOnlySpan<byte> ExpandPath => "expand-path@openssh.com"u8;

    public static ReadOnlySpan<byte> CopyData => "copy-data"u8;

    public static ReadOnlySpan<byte> HomeDirectory => "home-directory"u8;

    public static ReadOnlySpan<byte> NamesOfIds => "users-groups-by-id@openssh.com"u8;
}
