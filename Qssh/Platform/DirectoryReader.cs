using System.Buffers.Binary;
using Qssh.Platform.Native;

namespace Qssh.Platform;

/// <summary>
/// The names in a directory, in the order of the file system, read in pieces (getdents64(2)): memory does not depend on how many there are.
/// The descriptor stays the caller's.
/// </summary>
internal sealed unsafe class DirectoryReader(int fd)
{
    // struct linux_dirent64: inode u64, offset u64, length u16, kind u8, name with a zero byte at its end
    private const int LengthAt = 16, NameAt = 19;

    private readonly byte[] _piece = new byte[8192];
    private int _start;
    private int _end;
    private int _last;

    /// <summary>The next name with its zero byte, "." and ".." too; valid until the call after. Empty at the end.</summary>
    /// <returns>0, or the error number.</returns>
    public int Next(out ReadOnlySpan<byte> name)
    {
        name = default;
        if (_start == _end && Fill() is not 0 and int error)
            return error;
        if (_end == 0)
            return 0;

        ReadOnlySpan<byte> entry = _piece.AsSpan(_start, _end - _start);
        entry = entry[..BinaryPrimitives.ReadUInt16LittleEndian(entry[LengthAt..])];
        _last = _start;
        _start += entry.Length;
        entry = entry[NameAt..];
        name = entry[..(entry.IndexOf((byte)0) + 1)];
        return 0;
    }

    /// <summary>Gives back the last name, so that it comes again.</summary>
    public void PutBack() => _start = _last;

    private int Fill()
    {
        _start = _end = 0;
        fixed (byte* pointer = _piece)
        {
            nint count = Libc.DirectoryEntries(fd, pointer, (nuint)_piece.Length);
            if (count < 0)
                return Errno.Last;
            _end = (int)count;
            return 0;
        }
    }
}
