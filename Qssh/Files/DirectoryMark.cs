using Qssh.Sftp;

namespace Qssh.Files;

/// <summary>A directory that gets its times and mode when everything in it is there.</summary>
internal sealed class DirectoryMark(string path, in SftpAttributes attributes)
{
    public string Path => path;

    public SftpAttributes Attributes { get; } = attributes;
}
