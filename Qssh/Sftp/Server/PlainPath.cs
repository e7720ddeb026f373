using Qssh.Platform;
using Qssh.Platform.Native;

namespace Qssh.Sftp.Server;

/// <summary>SSH_FXP_REALPATH as deployed servers answer it: like realpath(3), but the last part of the name may be missing.</summary>
internal static class PlainPath
{
    private const int MaxLinks = 40; // as the kernel

    /// <param name="name">With its zero byte; the result has none.</param>
    public static int Real(ReadOnlySpan<byte> name, Span<byte> path, out int length) => Real(name, path, out length, MaxLinks);

    private static int Real(ReadOnlySpan<byte> name, Span<byte> path, out int length, int links)
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
        if (length + leaf.Length >= path.Length)
            return Errno.NameTooLong;
        int inParent = length;
        leaf.CopyTo(path[length..]);
        length += leaf.Length;
        path[length] = 0;
        return FollowDangling(path, inParent, ref length, links);
    }

    /// <summary>The part that is missing may be what a link leads to: then that is the name.</summary>
    /// <param name="inParent">Where the last part of <paramref name="path"/> begins.</param>
    private static int FollowDangling(Span<byte> path, int inParent, ref int length, int links)
    {
        Span<byte> target = stackalloc byte[2 * Libc.PathCapacity];
        path[..inParent].CopyTo(target);
        Span<byte> link = target[inParent..(target.Length - 1)];
        if (inParent + 1 >= Libc.PathCapacity || NamedFile.ReadLink(NamedFile.WorkingDirectory, path[..(length + 1)], link, out int size) != 0)
            return 0;
        if (links == 0)
            return Errno.TooManyLinks;
        target[inParent + size] = 0;
        int start = target[inParent] == '/' ? inParent : 0;
        return Real(target[start..(inParent + size + 1)], path, out length, links - 1);
    }

    private static int Find(ReadOnlySpan<byte> name, Span<byte> path, out int length)
    {
        Span<byte> ended = stackalloc byte[name.Length + 1];
        name.CopyTo(ended);
        ended[^1] = 0;
        return NamedFile.RealPath(ended, path, out length);
    }
}
