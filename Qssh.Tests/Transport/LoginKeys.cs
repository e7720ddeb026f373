using System.Collections.Concurrent;
using Qssh.Crypto.Signatures;
using Qssh.Identity;

namespace Qssh.Tests.Transport;

/// <summary>A key in memory that signs; one per scheme and name, made when first asked for.</summary>
internal sealed class LoginKeys(SigningKey key) : ISigner
{
    private static readonly ConcurrentDictionary<(SignatureScheme, string), Lazy<LoginKeys>> s_keys = [];

    public SignatureAlgorithm Algorithm => key.Algorithm;

    public ReadOnlySpan<byte> PublicKey => key.PublicKey;

    public PublicKey Identity { get; } = Qssh.Identity.PublicKey.Of(key);

    public static LoginKeys Of(SignatureScheme scheme, string name) =>
        s_keys.GetOrAdd((scheme, name), _ => new Lazy<LoginKeys>(() => new LoginKeys(SignatureAlgorithm.Find(scheme)!.GenerateKey()))).Value;

    public ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> message)
    {
        byte[] signature = new byte[Algorithm.SignatureSize];
        key.Sign(message.Span, signature);
        return ValueTask.FromResult(signature);
    }
}
