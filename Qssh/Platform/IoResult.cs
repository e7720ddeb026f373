using Qssh.Platform.Native;

namespace Qssh.Platform;

/// <summary>What a read or write did: a count of bytes, or a negated error number. Would-block is an answer, not a fault.</summary>
internal readonly struct IoResult(nint value)
{
    private readonly nint _value = value;

    public bool IsOk => _value >= 0;

    /// <summary>Bytes moved; after a read of a non-empty span 0 means the end of the stream. Only meaningful when <see cref="IsOk"/>.</summary>
    public int Count => (int)_value;

    public bool WouldBlock => _value == -Errno.Again;

    /// <summary>The error number, 0 when <see cref="IsOk"/>.</summary>
    public int Error => _value < 0 ? (int)-_value : 0;

    /// <summary>The other side is gone: no more can be written, and it is nobody's mistake.</summary>
    public bool IsBroken => Error is Errno.BrokenPipe or Errno.ConnectionReset;

    public string ErrorText => Errno.Text(Error);

    public static IoResult Failed(int error) => new(-error);

    public override string ToString() => IsOk ? $"{Count} bytes" : ErrorText;
}
