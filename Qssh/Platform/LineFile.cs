using Qssh.Platform.Native;

namespace Qssh.Platform;

/// <summary>
/// Lines of a system file, one after the other in one buffer. A line longer than <see cref="MaxLine"/> is skipped as a whole: no
/// account has one, and half a line would be read as another account.
/// </summary>
internal sealed class LineFile : IDisposable
{
    public const int MaxLine = 1024 * 1024;
    private readonly OwnedFd _file;
    private byte[] _buffer = new byte[16384];
    private int _start;
    private int _end;
    private bool _atEnd;

    private LineFile(OwnedFd file) => _file = file;

    /// <summary>Reading ended by an error: there may be more lines than were read.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Null when it is not there or may not be read.</summary>
    public static LineFile? Open(string path) => Descriptor.Open(path, Libc.O_RDONLY, 0, out _) is { } file ? new LineFile(file) : null;

    /// <summary>The next line without its end; valid until the next call. A last line without newline counts.</summary>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        while (true)
        {
            int length = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (length >= 0)
            {
                line = _buffer.AsSpan(_start, length);
                _start += length + 1;
                return true;
            }
            if (_atEnd)
            {
                line = _buffer.AsSpan(_start, _end - _start);
                _start = _end;
                return !line.IsEmpty;
            }
            if (!Fill())
                SkipLine();
        }
    }

    public void Dispose() => _file.Dispose();

    /// <summary>False when the line under way is too long.</summary>
    private bool Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }
        if (_end == _buffer.Length)
        {
            if (_end >= MaxLine)
                return false;
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
        IoResult read = Descriptor.Read(_file.Value, _buffer.AsSpan(_end));
        if (read is { IsOk: true, Count: > 0 })
            _end += read.Count;
        else
            _atEnd = true;
        IsBroken |= !read.IsOk;
        return true;
    }

    private void SkipLine()
    {
        while (!_atEnd)
        {
            IoResult read = Descriptor.Read(_file.Value, _buffer);
            _end = read.IsOk ? read.Count : 0;
            IsBroken |= !read.IsOk;
            _atEnd = _end == 0;
            int newline = _buffer.AsSpan(0, _end).IndexOf((byte)'\n');
            if (newline < 0)
                continue;
            _start = newline + 1;
            return;
        }
        _start = _end = 0;
    }
}
