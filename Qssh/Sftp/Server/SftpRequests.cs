using System.Text;

namespace Qssh.Sftp.Server;

/// <summary>What there is to know about each request without carrying it out.</summary>
/// <param name="Name">As -P, -p and -Q of sftp-server name it.</param>
/// <param name="Extension">Name on the wire of an extended request; else empty.</param>
/// <param name="Version">What SSH_FXP_VERSION announces for it.</param>
/// <param name="Writes">Changes files whatever its fields say. An open may too, by its flags.</param>
internal readonly record struct SftpRequestRow(string Name, string Extension, string Version, bool Writes);

internal static class SftpRequests
{
    private const int FirstExtension = (int)SftpRequest.PosixRename;

    /// <summary>By <see cref="SftpRequest"/>. Extensions in the order in which they are announced.</summary>
    public static SftpRequestRow[] Rows { get; } =
    [
        new("open", "", "", false),
        new("close", "", "", false),
        new("read", "", "", false),
        new("write", "", "", true),
        new("lstat", "", "", false),
        new("fstat", "", "", false),
        new("setstat", "", "", true),
        new("fsetstat", "", "", true),
        new("opendir", "", "", false),
        new("readdir", "", "", false),
        new("remove", "", "", true),
        new("mkdir", "", "", true),
        new("rmdir", "", "", true),
        new("realpath", "", "", false),
        new("stat", "", "", false),
        new("rename", "", "", true),
        new("readlink", "", "", false),
        new("symlink", "", "", true),
        Extended(SftpExtension.PosixRename, "posix-rename", "1", true),
        Extended(SftpExtension.FileSystem, "statvfs", "2", false),
        Extended(SftpExtension.HandleFileSystem, "fstatvfs", "2", false),
        Extended(SftpExtension.HardLink, "hardlink", "1", true),
        Extended(SftpExtension.Synchronize, "fsync", "1", true),
        Extended(SftpExtension.LinkSetStatus, "lsetstat", "1", true),
        Extended(SftpExtension.Limits, "limits", "1", false),
        Extended(SftpExtension.ExpandPath, "expand-path", "1", false),
        Extended(SftpExtension.CopyData, "copy-data", "1", true),
        Extended(SftpExtension.HomeDirectory, "home-directory", "1", false),
        Extended(SftpExtension.NamesOfIds, "users-groups-by-id", "1", false),
    ];

    public static bool IsExtended(SftpRequest request) => (int)request >= FirstExtension;

    /// <summary>Null: not a request of version 3.</summary>
    public static SftpRequest? Of(SftpPacketType type) => type switch
    {
        >= SftpPacketType.Open and <= SftpPacketType.SymbolicLink => (SftpRequest)(type - SftpPacketType.Open),
        _ => null,
    };

    /// <summary>Null: not one of ours.</summary>
    public static SftpRequest? OfExtension(ReadOnlySpan<byte> extension)
    {
        for (int i = FirstExtension; i < Rows.Length; i++)
        {
            if (Ascii.Equals(extension, Rows[i].Extension))
                return (SftpRequest)i;
        }

        return null;
    }

    /// <summary>Null: no request is called so.</summary>
    public static SftpRequest? OfName(string name)
    {
        int index = Array.FindIndex(Rows, row => row.Name == name);
        return index < 0 ? null : (SftpRequest)index;
    }

    private static SftpRequestRow Extended(ReadOnlySpan<byte> extension, string name, string version, bool writes) =>
        new(name, Encoding.ASCII.GetString(extension), version, writes);
}
