using Qssh.Crypto.Rng;
using Qssh.Secrets;

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

    /// <summary>From a fresh seed, which is not kept.</summary>
    public override SigningKey GenerateKey()
    {
        Span<byte> seed = stackalloc byte[FalconKeyGenerator.SeedSize];
        SystemRandom.Fill(seed);
        using FalconPrivateKey key = FalconKeyGenerator.Generate(_parameters, seed, _arithmetic);
        ConstantTime.Wipe(seed);
        byte[] publicKey = key.PublicKey() ?? throw new InvalidOperationException("a fresh f has no inverse");
        using SecretBuffer privateForm = new(PrivateKeySize);
        key.Encode(privateForm.Span);
        return new FalconSigningKey(this, publicKey, privateForm.Span, FalconExpandedKey.Create(key, _arithmetic));
    }

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
