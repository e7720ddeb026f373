using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Qssh.Secrets;

/// <summary>
/// The one owner of a secret: native memory that the collector neither moves nor copies, wiped on dispose.
/// Taking a <see cref="SecretBuffer"/> means disposing it; taking its span means not.
/// </summary>
internal sealed unsafe class SecretBuffer : IDisposable
{
    private byte* _memory;

    /// <param name="length">Size in bytes, at least 1. The content starts as zeros.</param>
    public SecretBuffer(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        _memory = (byte*)NativeMemory.AllocZeroed((nuint)length);
        Length = length;
    }

    public SecretBuffer(ReadOnlySpan<byte> content)
        : this(content.Length) => content.CopyTo(Span);

    ~SecretBuffer() => Dispose();

    public int Length { get; }

    public Span<byte> Span
    {
        get
        {
            ObjectDisposedException.ThrowIf(_memory is null, this);
            return new Span<byte>(_memory, Length);
        }
    }

    public void Dispose()
    {
        if (_memory is null)
            return;

        CryptographicOperations.ZeroMemory(new Span<byte>(_memory, Length));
        NativeMemory.Free(_memory);
        _memory = null;
        GC.SuppressFinalize(this);
    }
}
