namespace Qssh.Sftp;

[Flags]
internal enum SftpAttributeFlags : uint
{
    None = 0,
    Size = 1,
    Owner = 2,
    Permissions = 4,
    Times = 8,
    Extended = 0x80000000,
}

/// <summary>Attributes of a file (draft-ietf-secsh-filexfer-02, section 5); only fields whose flag is set mean anything.</summary>
internal struct SftpAttributes
{
    /// <summary>Longest encoding that we write: no extended attributes.</summary>
    public const int MaxSize = 4 + 8 + 8 + 4 + 8;

    public SftpAttributeFlags Flags { get; set; }

    public ulong Size { get; set; }

    public uint Uid { get; set; }

    public uint Gid { get; set; }

    /// <summary>Kind and permission bits, as st_mode has them.</summary>
    public uint Permissions { get; set; }

    /// <summary>Seconds since 1970, unsigned: enough until 2106.</summary>
    public uint Accessed { get; set; }

    public uint Modified { get; set; }

    public readonly bool HasSize => (Flags & SftpAttributeFlags.Size) != 0;

    public readonly bool HasOwner => (Flags & SftpAttributeFlags.Owner) != 0;

    public readonly bool HasPermissions => (Flags & SftpAttributeFlags.Permissions) != 0;

    public readonly bool HasTimes => (Flags & SftpAttributeFlags.Times) != 0;
}
