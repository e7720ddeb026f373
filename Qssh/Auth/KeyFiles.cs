using Microsoft.Win32.SafeHandles;
using Qssh.Identity;
using Qssh.Platform;

namespace Qssh.Auth;

/// <summary>The real file system for the search of authorized keys.</summary>
internal sealed class KeyFiles : IKeyFiles
{
    public FileFacts? Look(string path) => FileStatus.OfPath(path, followLinks: true, out FileStatus status) == 0 ? Facts(status) : null;

    public string? Resolve(string path) => FileSecurity.RealPath(path);

    public Stream? Open(string path, out FileFacts facts, out string? fault)
    {
        SafeFileHandle? handle = FileSecurity.OpenRegular(path, out FileStatus status, out fault);
        facts = Facts(status);
        return handle is null ? null : new FileStream(handle, FileAccess.Read, bufferSize: 0);
    }

    private static FileFacts Facts(in FileStatus status) => new(status.Uid, status.Mode, status.Kind == FileKind.Regular);
}
