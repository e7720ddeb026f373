using System.Text;

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
    public static Passphrase Of(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Passphrase passphrase = new(bytes);
        ConstantTime.Wipe(bytes);
        return passphrase;
    }

    public bool IsSame(Passphrase other) => ConstantTime.AreEqual(Bytes, other.Bytes);

    public void Dispose() => _content.Dispose();
}
