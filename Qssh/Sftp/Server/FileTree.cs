using Qssh.Errors;
using Qssh.Platform;
using Qssh.Platform.Native;
using Qssh.Telemetry.Log;

namespace Qssh.Sftp.Server;

/// <summary>
/// The files that a client may name. Without a root that is what the user may reach, by the kernel's own rules. With one, every name is
/// looked up beneath that directory by descriptors (openat2(2)): neither links nor ".." nor a rename at the wrong moment lead out of it.
/// </summary>
/// <remarks>Names end with their only zero byte; results are 0 or an error number.</remarks>
internal sealed class FileTree : IDisposable
{
    private readonly OwnedFd? _root;
    private readonly byte[] _start;
    private readonly byte[] _scratch = new byte[2 * (SftpLimits.Path + 2)];

    /// <summary>All that the user may reach; relative names start in the working directory.</summary>
    public FileTree() => _start = [];

    private FileTree(OwnedFd root, ReadOnlySpan<byte> start)
    {
        _root = root;
        Span<byte> normal = new byte[start.Length];
        _start = normal[..RootedPath.Normalize([.. start, 0], normal)].ToArray();
    }

    /// <param name="root">Directory that is "/" to the client.</param>
    /// <param name="start">Where relative names start, seen from the root; empty: there.</param>
    public static FileTree Rooted(string root, ReadOnlySpan<byte> start)
    {
        OwnedFd? directory = Descriptor.Open(root, Libc.O_PATH | Libc.O_DIRECTORY, 0, out int error);
        if (directory is null)
            throw new FailureException($"cannot open the root directory {PeerText.Escape(root)}: {Errno.Text(error)}", 1);
        FileTree tree = new(directory, start);
        // A kernel that cannot keep names beneath it must not let anything begin.
        error = tree.Open("/\0"u8, Libc.O_PATH, 0, out OwnedFd? probe);
        probe?.Dispose();
        if (error == 0)
            return tree;
        tree.Dispose();
        throw new FailureException($"cannot keep to the root directory: {Errno.Text(error)}; openat2(2) needs Linux 5.6", 1);
    }

    public bool IsRooted => _root is not null;

    public int Open(ReadOnlySpan<byte> name, int flags, uint mode, out OwnedFd? file) => _root is null
        ? NamedFile.Open(NamedFile.WorkingDirectory, name, flags, mode, out file)
        : OpenBeneath(Beneath(name, _scratch), flags, mode, out file);

    public int Status(ReadOnlySpan<byte> name, bool follow, out FileStatus status)
    {
        status = default;
        using Place place = Existing(name, follow, out int error);
        return error != 0 ? error : FileStatus.OfName(place.Directory, place.Name, place.Flags, out status);
    }

    public int ReadLink(ReadOnlySpan<byte> name, Span<byte> target, out int length)
    {
        length = 0;
        using Place place = Existing(name, follow: false, out int error);
        return error != 0 ? error : NamedFile.ReadLink(place.Directory, place.Name, target, out length);
    }

    public int FileSystem(ReadOnlySpan<byte> name, out FileSystemStatus status)
    {
        status = default;
        int error = Open(name, Libc.O_PATH, 0, out OwnedFd? file);
        using (file)
            return error != 0 ? error : FileSystemStatus.OfDescriptor(file!.Value, out status);
    }

    public int ChangeMode(ReadOnlySpan<byte> name, uint mode, bool follow)
    {
        using Place place = Existing(name, follow, out int error);
        return error != 0 ? error : FileChange.Mode(place.Directory, place.Name, mode, place.Flags);
    }

    public int ChangeOwner(ReadOnlySpan<byte> name, uint uid, uint gid, bool follow)
    {
        using Place place = Existing(name, follow, out int error);
        return error != 0 ? error : FileChange.Owner(place.Directory, place.Name, uid, gid, place.Flags);
    }

    public int ChangeTimes(ReadOnlySpan<byte> name, long accessed, long modified, bool follow)
    {
        using Place place = Existing(name, follow, out int error);
        return error != 0 ? error : FileChange.Times(place.Directory, place.Name, accessed, modified, place.Flags);
    }

    public int ChangeSize(ReadOnlySpan<byte> name, long size)
    {
        if (_root is null)
            return FileChange.Size(name, size);
        int error = Open(name, Libc.O_WRONLY | Libc.O_NONBLOCK | Libc.O_NOCTTY, 0, out OwnedFd? file);
        using (file)
            return error != 0 ? error : FileChange.Size(file!.Value, size);
    }

    public int MakeDirectory(ReadOnlySpan<byte> name, uint mode)
    {
        using Place place = Entry(name, _scratch, out int error);
        return error != 0 ? error : NamedFile.MakeDirectory(place.Directory, place.Name, mode);
    }

    public int RemoveDirectory(ReadOnlySpan<byte> name)
    {
        using Place place = Entry(name, _scratch, out int error);
        return error != 0 ? error : NamedFile.RemoveDirectory(place.Directory, place.Name);
    }

    public int Remove(ReadOnlySpan<byte> name)
    {
        using Place place = Entry(name, _scratch, out int error);
        return error != 0 ? error : NamedFile.Remove(place.Directory, place.Name);
    }

    public int SymbolicLink(ReadOnlySpan<byte> target, ReadOnlySpan<byte> name)
    {
        using Place place = Entry(name, _scratch, out int error);
        return error != 0 ? error : NamedFile.SymbolicLink(target, place.Directory, place.Name);
    }

    public int Link(ReadOnlySpan<byte> name, ReadOnlySpan<byte> newName)
    {
        // linkat(2) follows a last link with a slash behind it, and so tells what is there. Directories get no second name anyway.
        if (_root is not null && name.EndsWith("/\0"u8))
            return Errno.NotPermitted;
        using Place from = Entry(name, _scratch.AsSpan(0, _scratch.Length / 2), out int error);
        using Place to = Entry(newName, _scratch.AsSpan(_scratch.Length / 2), out int second);
        return (error | second) != 0 ? Math.Max(error, second) : NamedFile.Link(from.Directory, from.Name, to.Directory, to.Name);
    }

    public int Rename(ReadOnlySpan<byte> name, ReadOnlySpan<byte> newName, bool replace)
    {
        using Place from = Entry(name, _scratch.AsSpan(0, _scratch.Length / 2), out int error);
        using Place to = Entry(newName, _scratch.AsSpan(_scratch.Length / 2), out int second);
        return (error | second) != 0 ? Math.Max(error, second) : NamedFile.Rename(from.Directory, from.Name, to.Directory, to.Name, replace);
    }

    /// <summary>The absolute name without links and dots; only its last part may be missing. With a root dots alone go, as links would not.</summary>
    public int RealPath(ReadOnlySpan<byte> name, Span<byte> path, out int length)
    {
        if (_root is null)
            return PlainPath.Real(name, path, out length);
        length = 1;
        path[0] = (byte)'/';
        ReadOnlySpan<byte> beneath = Beneath(name, _scratch);
        if (beneath.Length > SftpLimits.Path)
            return Errno.NameTooLong;
        length += RootedPath.Normalize(beneath, path[1..]);
        return 0;
    }

    public void Dispose() => _root?.Dispose();

    private Place Existing(ReadOnlySpan<byte> name, bool follow, out int error)
    {
        error = 0;
        if (_root is null)
            return new Place(NamedFile.WorkingDirectory, name, follow ? NamedFile.Follow : NamedFile.NoFollow);
        if (name.Length == 1)
        {
            error = Errno.NoEntry;
            return default;
        }

        error = OpenBeneath(Beneath(name, _scratch), Libc.O_PATH | (follow ? 0 : Libc.O_NOFOLLOW), 0, out OwnedFd? file);
        return file is null ? default : new Place(file, "\0"u8, NamedFile.Itself);
    }

    /// <summary>The directory that holds a name, and the name in it, which may not be there.</summary>
    private Place Entry(ReadOnlySpan<byte> name, Span<byte> scratch, out int error)
    {
        error = 0;
        if (_root is null)
            return new Place(NamedFile.WorkingDirectory, name, NamedFile.NoFollow);
        ReadOnlySpan<byte> parent = default, leaf = default;
        if (name.Length == 1 || !RootedPath.TrySplit(Beneath(name, scratch), out parent, out leaf))
        {
            error = name.Length == 1 ? Errno.NoEntry : Errno.Invalid;
            return default;
        }

        // The zero that ended the name ends the leaf; the parent gets its own.
        Span<byte> directory = stackalloc byte[parent.Length + 1];
        parent.CopyTo(directory);
        directory[^1] = 0;
        error = OpenBeneath(directory, Libc.O_PATH | Libc.O_DIRECTORY, 0, out OwnedFd? file);
        return file is null ? default : new Place(file, leaf, NamedFile.NoFollow);
    }

    /// <summary>What leads outside is not permitted; that it "crosses devices" is only how the kernel says it.</summary>
    private int OpenBeneath(ReadOnlySpan<byte> name, int flags, uint mode, out OwnedFd? file)
    {
        int error = NamedFile.OpenBeneath(_root!.Value, name, flags, mode, out file);
        return error == Errno.CrossDevice ? Errno.AccessDenied : error;
    }

    /// <summary>The client's name as one relative to the root.</summary>
    private ReadOnlySpan<byte> Beneath(ReadOnlySpan<byte> name, Span<byte> scratch) => RootedPath.Relative(name, _start, scratch);
}
