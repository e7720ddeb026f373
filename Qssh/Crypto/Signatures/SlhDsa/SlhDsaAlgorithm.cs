namespace Qssh.Crypto.Signatures.SlhDsa;

/// <summary>
/// SLH-DSA (FIPS 205) in the pure form with an empty context. The stored private form is SK.seed || SK.prf || PK.seed: PK.root, which
/// the standard stores too, is computed from them when the key is loaded, so that no file can hold a wrong one.
/// </summary>
internal sealed class SlhDsaAlgorithm : SignatureAlgorithm
{
    private readonly SlhDsaParameters _parameters;

    /// <param name="scheme">One of the four SHAKE sets that have a code.</param>
    public SlhDsaAlgorithm(SignatureScheme scheme)
        : base(scheme) => _parameters = scheme switch
        {
            SignatureScheme.SlhDsaShake128s => SlhDsaParameters.Shake128s,
            SignatureScheme.SlhDsaShake128f => SlhDsaParameters.Shake128f,
            SignatureScheme.SlhDsaShake192s => SlhDsaParameters.Shake192s,
            SignatureScheme.SlhDsaShake256s => SlhDsaParameters.Shake256s,
            _ => throw new ArgumentOutOfRangeException(nameof(scheme)),
        };

    public override int PrivateKeySize => _parameters.SeedsSize;

    protected override SigningKey LoadKeyCore(ReadOnlySpan<byte> privateForm) =>
        new SlhDsaSigningKey(this, privateForm, SlhDsaPrivateKey.FromSeeds(_parameters, privateForm));

    protected override bool VerifyCore(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        SlhDsaFunctions.Verify(_parameters, publicKey, default, message, signature);
}
