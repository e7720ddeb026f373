using Qssh.Platform;
using Qssh.Platform.Native;

namespace Qssh.Sftp.Server;

/// <summary>SSH_FXP_REALPATH as deployed servers answer it: like realpath(3), but the last part of the name may be missing.</summary>
internal static class PlainPath
{
    /// <param name="name">With its zero byte; the result has none.</param>
    public static int Real(ReadOnlySpan<byte> name, Span<byte> path, out int length)
    {
        // Slashes at the end do not ask for a directory here, as they would the kernel.
        ReadOnlySpan<byte> bare = name[..^1].TrimEnd((byte)'/');
        if (bare.IsEmpty)
            bare = name.Length == 1 ? "."u8 : "/"u8;
        int error = Find(bare, path, out length);
        if (error != Errno.NoEntry || !RootedPath.TrySplit(name, out ReadOnlySpan<byte> parent, out ReadOnlySpan<byte> leaf))
            return error;

        // "/x" has its parent in front of its only slash.
        error = Find(parent.IsEmpty ? "/"u8 : parent, path, out length);
        if (error != 0)
            return error;

        leaf = leaf[..^1].TrimEnd((byte)'/');
        if (length > 1)
            path[length++] = (byte)'/';
        if (!leaf.TryCopyTo(path[length..]))
            return Errno.NameTooLong;
        length += leaf.Length;
        return 0;
    }

    private static int Find(ReadOnlySpan<byte> name, Span<byte> path, out int length)
    {
        Span<byte> ended = stackalloc byte[name.Length + 1];
        name.CopyTo(ended);
        ended[^1] = 0;
        return NamedFile.RealPath(ended, path, out length);
    }
}
