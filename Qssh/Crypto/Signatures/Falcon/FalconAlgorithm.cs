namespace Qssh.Crypto.Signatures.Falcon;

/// <summary>
/// Falcon of round 3 with padded signatures. The stored private form is the seed of key generation: any 48 bytes are a key, and the same
/// one on every machine, since both kinds of reals give the same bytes.
/// </summary>
internal sealed class FalconAlgorithm : SignatureAlgorithm
{
    private readonly FalconParameters _parameters;
    private readonly FalconArithmetic _arithmetic;

    public FalconAlgorithm(FalconParameters parameters)
        : this(parameters, FalconArithmeticChoice.Default)
    {
    }

    public FalconAlgorithm(FalconParameters parameters, FalconArithmetic arithmetic)
        : base(parameters.Scheme)
    {
        _parameters = parameters;
        _arithmetic = arithmetic;
    }

    public override int PrivateKeySize => FalconKeyGenerator.SeedSize;

    protected override SigningKey LoadKeyCore(ReadOnlySpan<byte> privateForm)
    {
        using FalconPrivateKey key = FalconKeyGenerator.Generate(_parameters, privateForm, _arithmetic);
        byte[] publicKey = key.PublicKey() ?? throw new InvalidOperationException("a key was made whose f has no inverse");
        return new FalconSigningKey(this, publicKey, privateForm, FalconExpandedKey.Create(key, _arithmetic));
    }

    protected override bool VerifyCore(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        FalconVerifier.VerifyPadded(_parameters, publicKey, message, signature);
}
