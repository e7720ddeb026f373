using Qssh.Crypto.Signatures;
using Qssh.Identity;

namespace Qssh.Tests.Identity;

/// <summary>Keys that look right and belong to nobody, and one real one.</summary>
internal static class TestKeys
{
    private static readonly Lazy<SigningKey> s_real = new(() => SignatureAlgorithm.Find(SignatureScheme.MlDsa44)!.GenerateKey());

    /// <summary>Shared; not to be disposed.</summary>
    public static SigningKey Real => s_real.Value;

    public static PublicKey Public(byte fill, SignatureScheme scheme = SignatureScheme.MlDsa65)
    {
        byte[] key = new byte[SignatureRegistry.Find(scheme)!.PublicKeySize];
        key.AsSpan().Fill(fill);
        return PublicKey.TryCreate(scheme, key)!;
    }
}
