namespace Qssh.Crypto.Signatures.SlhDsa;

/// <summary>Algorithm 22 of FIPS 205, slh_sign, hedged, with an empty context.</summary>
internal sealed class SlhDsaSigningKey(SlhDsaAlgorithm algorithm, SlhDsaPrivateKey key)
    : SigningKey(algorithm, key.PublicKey.ToArray(), key.Encoded)
{
    protected override void SignCore(ReadOnlySpan<byte> message, Span<byte> signature) =>
        SlhDsaFunctions.Sign(key, default, message, signature);

    protected override void DisposeCore() => key.Dispose();
}
