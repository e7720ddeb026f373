using Qssh.Platform;
using Qssh.Sftp.Client;

namespace Qssh.Files;

/// <summary>
/// A local file that a remote one is written to. Zeros of a file that was made or emptied for it are not written: its holes stay holes.
/// </summary>
internal sealed class LocalSink : IDataSink
{
    private const int Block = 4096;

    private readonly int _fd;
    private readonly bool _hasOffsets;
    private readonly bool _keepsHoles;
    private long _written;
    private volatile int _error;

    /// <param name="isFresh">There is nothing in it: what is not written reads as zeros.</param>
    public LocalSink(int fd, bool isRegular, bool isFresh)
    {
        _fd = fd;
        _hasOffsets = isRegular;
        _keepsHoles = isRegular && isFresh;
    }

    /// <summary>Why it failed first: an error number, or 0.</summary>
    public int Error => _error;

    /// <summary>Asked while another thread may be writing.</summary>
    public bool HasFailed => _error != 0;

    public bool Write(long offset, ReadOnlySpan<byte> data)
    {
        if (!_keepsHoles)
            return Store(offset, data);
        int start = 0, at = 0;
        while (at < data.Length)
        {
            // In blocks of the file, as file systems have holes of whole blocks.
            int length = Math.Min(data.Length - at, Block - (int)((offset + at) % Block));
            bool isHole = !data.Slice(at, length).ContainsAnyExcept((byte)0);
            if (isHole && !Store(offset + start, data[start..at]))
                return false;
            at += length;
            if (isHole)
                start = at;
        }

        return Store(offset + start, data[start..]);
    }

    /// <summary>Gives the file its size where it ends with a hole.</summary>
    public int Finish(long size) => _keepsHoles && _written < size ? FileChange.Size(_fd, size) : 0;

    private bool Store(long offset, ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty)
            return true;
        // What could not be written leaves a gap, and nothing may lie behind it.
        if (_error != 0)
            return false;
        int error = _hasOffsets ? FileData.Write(_fd, data, offset) : WaitingStream.WriteAll(_fd, data);
        _error = error;
        _written = Math.Max(_written, offset + data.Length);
        return error == 0;
    }
}
