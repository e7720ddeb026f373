namespace Qssh.Sftp;

/// <summary>Types of packets (draft-ietf-secsh-filexfer-02, section 3).</summary>
internal enum SftpPacketType : byte
{
    Init = 1,
    Version = 2,
    Open = 3,
    Close = 4,
    Read = 5,
    Write = 6,
    LinkStatus = 7, // SSH_FXP_LSTAT
    HandleStatus = 8, // SSH_FXP_FSTAT
    SetStatus = 9, // SSH_FXP_SETSTAT
    HandleSetStatus = 10, // SSH_FXP_FSETSTAT
    OpenDirectory = 11,
    ReadDirectory = 12,
    Remove = 13,
    MakeDirectory = 14,
    RemoveDirectory = 15,
    RealPath = 16,
    PathStatus = 17, // SSH_FXP_STAT
    Rename = 18,
    ReadLink = 19,
    SymbolicLink = 20,
    Status = 101,
    Handle = 102,
    Data = 103,
    Name = 104,
    Attributes = 105,
    Extended = 200,
    ExtendedReply = 201,
}
