namespace Qssh.Crypto.Signatures.SlhDsa;

/// <summary>
/// SLH-DSA (FIPS 205) in the pure form with an empty context. The stored private form is the standard's (figure 15), with PK.root: to
/// compute it costs a tree. A wrong root makes signatures that do not verify, and those are never released.
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

    public override int PrivateKeySize => _parameters.EncodedPrivateKeySize;

    /// <summary>SK.seed || SK.prf || PK.seed.</summary>
    public override int SeedSize => _parameters.SeedsSize;

    protected override SigningKey KeyFromSeedCore(ReadOnlySpan<byte> seed) => new SlhDsaSigningKey(this, SlhDsaPrivateKey.FromSeeds(_parameters, seed));

    protected override SigningKey? LoadKeyCore(ReadOnlySpan<byte> privateForm) =>
        SlhDsaPrivateKey.Decode(_parameters, privateForm) is { } key ? new SlhDsaSigningKey(this, key) : null;

    protected override bool VerifyCore(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        SlhDsaFunctions.Verify(_parameters, publicKey, default, message, signature);
}
