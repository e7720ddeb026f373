namespace Qssh.Crypto.Signatures.Falcon;

/// <summary>Falcon of round 3 with padded signatures. The stored private form is the encoding of f, g, F (section 3.11.5).</summary>
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

    public override int PrivateKeySize => _parameters.PrivateKeySize;

    protected override SigningKey? LoadKeyCore(ReadOnlySpan<byte> privateForm)
    {
        using FalconPrivateKey? key = FalconPrivateKey.Decode(_parameters, privateForm);
        return key?.PublicKey() is { } publicKey
            ? new FalconSigningKey(this, publicKey, privateForm, FalconExpandedKey.Create(key, _arithmetic))
            : null;
    }

    protected override bool VerifyCore(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        FalconVerifier.VerifyPadded(_parameters, publicKey, message, signature);
}
