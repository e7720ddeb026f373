using Qssh.Crypto.Signatures;

namespace Qssh.Identity;

/// <summary>Signs with a private key held in memory. Owns the key.</summary>
internal sealed class FileSigner(PrivateKey key) : ISigner, IDisposable
{
    public SignatureAlgorithm Algorithm => key.Key.Algorithm;

    public ReadOnlySpan<byte> PublicKey => key.Key.PublicKey;

    public PublicKey Identity => key.Public;

    /// <summary>Secret; for a process of our own that signs in our place.</summary>
    public ReadOnlySpan<byte> PrivateForm => key.Key.PrivateForm;

    public string Comment => key.Comment;

    /// <summary>Reads a private key file; see <see cref="PrivateKeyFile.Load"/> for what is refused.</summary>
    public static FileSigner Load(string path) => new(PrivateKeyFile.Load(path));

    public ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> message)
    {
        byte[] signature = new byte[Algorithm.SignatureSize];
        key.Key.Sign(message.Span, signature);
        return ValueTask.FromResult(signature);
    }

    public void Dispose() => key.Dispose();
}
