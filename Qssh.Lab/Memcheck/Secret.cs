using Qssh.Secrets;

namespace Qssh.Lab.Memcheck;

/// <summary>Bytes that memcheck takes for undefined, with content that is the same in every run.</summary>
internal sealed class Secret : IDisposable
{
    private readonly SecretBuffer _memory;

    public Secret(int size, byte seed = 1)
    {
        _memory = new SecretBuffer(size);
        for (int i = 0; i < size; i++)
            _memory.Span[i] = (byte)((i * 73) + (seed * 29) + 5);
        Hide();
    }

    public Secret(ReadOnlySpan<byte> content)
    {
        _memory = new SecretBuffer(content);
        Hide();
    }

    public Span<byte> Span => _memory.Span;

    public static implicit operator ReadOnlySpan<byte>(Secret secret) => secret.Span;

    public void Hide() => Valgrind.MarkUndefined<byte>(_memory.Span);

    public void Dispose() => _memory.Dispose();
}
