using Qssh.Platform;

namespace Qssh.Sftp.Server;

/// <summary>Where a system call is to act: a directory and a name in it, or a descriptor itself. Closes what was opened to get there.</summary>
internal readonly ref struct Place
{
    private readonly OwnedFd? _opened;

    public Place(int directory, ReadOnlySpan<byte> name, int flags)
    {
        Directory = directory;
        Name = name;
        Flags = flags;
    }

    public Place(OwnedFd directory, ReadOnlySpan<byte> name, int flags)
        : this(directory.Value, name, flags) => _opened = directory;

    public int Directory { get; }

    /// <summary>With its zero byte.</summary>
    public ReadOnlySpan<byte> Name { get; }

    /// <summary>As <see cref="NamedFile"/> has them.</summary>
    public int Flags { get; }

    public void Dispose() => _opened?.Dispose();
}
