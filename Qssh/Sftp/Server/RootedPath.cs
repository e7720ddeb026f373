namespace Qssh.Sftp.Server;

/// <summary>Names beneath a root directory. Only spelling: what a name leads to is the kernel's to decide and to refuse.</summary>
internal static class RootedPath
{
    /// <summary>An absolute name from the root, a relative one from <paramref name="start"/>, both without a slash in front; never empty.</summary>
    /// <param name="name">With its zero byte, as the result.</param>
    public static ReadOnlySpan<byte> Relative(ReadOnlySpan<byte> name, ReadOnlySpan<byte> start, Span<byte> scratch)
    {
        int length = 0;
        if (name[0] != '/' && !start.IsEmpty)
        {
            start.CopyTo(scratch);
            scratch[start.Length] = (byte)'/';
            length = start.Length + 1;
        }

        name = name.TrimStart((byte)'/');
        if (name.Length == 1 && length == 0)
            return ".\0"u8;
        // A start and a name that are too long together are the system's to refuse.
        name = name[..Math.Min(name.Length, scratch.Length - length)];
        name.CopyTo(scratch[length..]);
        scratch[length + name.Length - 1] = 0;
        return scratch[..(length + name.Length)];
    }

    /// <summary>Directory and last part. False: there is none that could be made or removed, as in "/", "a/." or "a/..".</summary>
    public static bool TrySplit(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> parent, out ReadOnlySpan<byte> leaf)
    {
        ReadOnlySpan<byte> text = name[..^1];
        ReadOnlySpan<byte> bare = text.TrimEnd((byte)'/');
        int slash = bare.LastIndexOf((byte)'/');
        // Slashes at the end stay: to the kernel they say that it is a directory.
        leaf = name[(slash + 1)..];
        parent = slash < 0 ? "."u8 : bare[..slash];
        return bare[(slash + 1)..] is not [] && !bare[(slash + 1)..].SequenceEqual("."u8) && !bare[(slash + 1)..].SequenceEqual(".."u8);
    }

    /// <summary>Takes out dots and double slashes by spelling, as far as to the root and no further.</summary>
    /// <param name="name">With its zero byte; the result has none and no slash in front.</param>
    public static int Normalize(ReadOnlySpan<byte> name, Span<byte> result)
    {
        int length = 0;
        ReadOnlySpan<byte> rest = name[..^1];
        while (!rest.IsEmpty)
        {
            int slash = rest.IndexOf((byte)'/');
            ReadOnlySpan<byte> part = slash < 0 ? rest : rest[..slash];
            rest = slash < 0 ? default : rest[(slash + 1)..];
            if (part.IsEmpty || part.SequenceEqual("."u8))
                continue;
            if (part.SequenceEqual(".."u8))
            {
                length = Math.Max(result[..length].LastIndexOf((byte)'/'), 0);
                continue;
            }

            if (length > 0)
                result[length++] = (byte)'/';
            part.CopyTo(result[length..]);
            length += part.Length;
        }

        return length;
    }
}
