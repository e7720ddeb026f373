using Qssh.Secrets;

namespace Qssh.Crypto.Signatures.Falcon;

/// <summary>
/// Falcon of round 3 with padded signatures. The stored private form is the specification's (section 3.11.5: f, g and F), which loads in a
/// fraction of a millisecond. A seed is the same key on every machine, since both kinds of reals give the same bytes.
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

    public override int PrivateKeySize => _parameters.PrivateKeySize;

    public override int SeedSize => FalconKeyGenerator.SeedSize;

    protected override SigningKey KeyFromSeedCore(ReadOnlySpan<byte> seed)
    {
        using FalconPrivateKey key = FalconKeyGenerator.Generate(_parameters, seed, _arithmetic);
        byte[] publicKey = key.PublicKey() ?? throw new InvalidOperationException("a key was made whose f has no inverse");
        using SecretBuffer privateForm = new(PrivateKeySize);
        key.Encode(privateForm.Span);
        return new FalconSigningKey(this, publicKey, privateForm.Span, FalconExpandedKey.Create(key, _arithmetic));
    }

    /// <summary>Signing with a long basis might never end: such a key is malformed, even if it solves the equation.</summary>
    protected override SigningKey? LoadKeyCore(ReadOnlySpan<byte> privateForm)
    {
        using FalconPrivateKey? key = FalconPrivateKey.Decode(_parameters, privateForm);
        if (key is null || !FalconKeyGenerator.IsShort(key, _arithmetic) || key.PublicKey() is not { } publicKey)
            return null;
        return new FalconSigningKey(this, publicKey, privateForm, FalconExpandedKey.Create(key, _arithmetic));
    }

    protected override bool VerifyCore(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        FalconVerifier.VerifyPadded(_parameters, publicKey, message, signature);
}
