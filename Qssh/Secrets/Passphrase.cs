using System.Text;
using Qssh.Errors;

namespace Qssh.Secrets;

/// <summary>What a person types to open a key. May be empty. Dispose it.</summary>
internal sealed class Passphrase : IDisposable
{
    public const int LongestSize = 1024;

    private readonly SecretBuffer _content;

    public Passphrase(ReadOnlySpan<byte> content)
    {
        Length = content.Length;
        _content = new SecretBuffer(Math.Max(1, content.Length));
        content.CopyTo(_content.Span);
    }

    public int Length { get; }

    public bool IsEmpty => Length == 0;

    public ReadOnlySpan<byte> Bytes => _content.Span[..Length];

    /// <summary>From the command line, which others can read as well.</summary>
    /// <exception cref="FailureException">Longer than anybody could be asked for: the key would never open again at a prompt.</exception>
    public static Passphrase Of(string text)
    {
        if (Encoding.UTF8.GetByteCount(text) > LongestSize)
            throw new FailureException($"the passphrase is longer than {LongestSize} bytes", 1);
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Passphrase passphrase = new(bytes);
        ConstantTime.Wipe(bytes);
        return passphrase;
    }

    public bool IsSame(Passphrase other) => ConstantTime.AreEqual(Bytes, other.Bytes);

    public void Dispose() => _content.Dispose();
}
