namespace Qssh.Crypto.Signatures.SlhDsa;

/// <summary>Algorithm 22 of FIPS 205, slh_sign, hedged, with an empty context.</summary>
internal sealed class SlhDsaSigningKey(SlhDsaAlgorithm algorithm, ReadOnlySpan<byte> privateForm, SlhDsaPrivateKey key)
    : SigningKey(algorithm, key.PublicKey.ToArray(), privateForm)
{
    /// <summary>The private key in the standard's encoding, for exchange with other programs. Secret; valid until dispose.</summary>
    public ReadOnlySpan<byte> EncodedPrivateKey => key.Encoded;

    protected override void SignCore(ReadOnlySpan<byte> message, Span<byte> signature) =>
        SlhDsaFunctions.Sign(key, default, message, signature);

    protected override void DisposeCore() => key.Dispose();
}
