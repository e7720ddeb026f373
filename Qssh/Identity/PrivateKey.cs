using Qssh.Crypto.Signatures;

namespace Qssh.Identity;

/// <summary>A private key with its public half and comment. Owns the secret: dispose it.</summary>
internal sealed class PrivateKey(SigningKey key, string comment) : IDisposable
{
    public SigningKey Key { get; } = key;

    public PublicKey Public { get; } = PublicKey.Of(key);

    public string Comment { get; } = comment;

    public void Dispose() => Key.Dispose();
}
