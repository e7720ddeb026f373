namespace Qssh.Crypto.Signatures.MlDsa;

/// <summary>ML-DSA (FIPS 204) in the pure form with an empty context. The stored private form is the seed xi.</summary>
internal sealed class MlDsaAlgorithm : SignatureAlgorithm
{
    private readonly MlDsaParameters _parameters;

    public MlDsaAlgorithm(MlDsaParameters parameters)
        : base(parameters.Scheme) => _parameters = parameters;

    public override int PrivateKeySize => MlDsaParameters.SeedSize;

    public override int SeedSize => MlDsaParameters.SeedSize;

    protected override SigningKey KeyFromSeedCore(ReadOnlySpan<byte> seed) => LoadKeyCore(seed);

    protected override SigningKey LoadKeyCore(ReadOnlySpan<byte> privateForm)
    {
        byte[] publicKey = new byte[PublicKeySize];
        MlDsaExpandedKey expanded = MlDsaExpandedKey.KeyGenInternal(_parameters, privateForm, publicKey, default);
        return new MlDsaSigningKey(this, publicKey, privateForm, expanded);
    }

    protected override bool VerifyCore(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        MlDsaVerifier.Verify(_parameters, publicKey, default, message, signature);
}
