namespace Qssh.Sftp;

/// <summary>How a file is opened (draft-ietf-secsh-filexfer-02, section 6.3).</summary>
[Flags]
internal enum SftpOpenFlags : uint
{
    None = 0,
    Read = 1,
    Write = 2,
    Append = 4,
    Create = 8,
    Truncate = 16,
    Exclusive = 32,
}
