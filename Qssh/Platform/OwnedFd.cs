using Qssh.Platform.Native;

namespace Qssh.Platform;

/// <summary>
/// The one owner of a descriptor: closes it once. A <see cref="FdWatch"/> on it is disposed before, as the kernel would
/// otherwise keep reporting a descriptor that a child still holds.
/// </summary>
internal sealed class OwnedFd(int value) : IDisposable
{
    private int _value = value;

    public bool IsClosed => _value < 0;

    public int Value
    {
        get
        {
            ObjectDisposedException.ThrowIf(_value < 0, this);
            return _value;
        }
    }

    /// <summary>Gives the descriptor away: the caller closes it, this owner no longer does.</summary>
    public int Release() => Interlocked.Exchange(ref _value, -1);

    /// <summary>Closes and tells of a failure: a file system on a network may say only now that it could not keep what was written.</summary>
    /// <returns>0, or the error number. Closed in any case.</returns>
    public int Close()
    {
        int value = Release();
        return value >= 0 && Libc.Close(value) != 0 && Errno.Last != Errno.Interrupted ? Errno.Last : 0;
    }

    public void Dispose()
    {
        // Linux frees the number even when close reports EINTR or EIO: calling it again could close somebody else's.
        int value = Release();
        if (value >= 0)
            Libc.Close(value);
    }
}
