using Qssh.Crypto.Rng;
using Qssh.Secrets;

namespace Qssh.Crypto.Signatures.MlDsa;

/// <summary>Algorithm 2 of FIPS 204, ML-DSA.Sign, hedged, with an empty context.</summary>
internal sealed class MlDsaSigningKey(
    MlDsaAlgorithm algorithm, byte[] publicKey, ReadOnlySpan<byte> privateForm, MlDsaExpandedKey expanded)
    : SigningKey(algorithm, publicKey, privateForm)
{
    protected override void SignCore(ReadOnlySpan<byte> message, Span<byte> signature)
    {
        Span<byte> rnd = stackalloc byte[MlDsaParameters.ShortSize];
        Span<byte> mu = stackalloc byte[MlDsaParameters.LongSize];
        SystemRandom.Fill(rnd);
        MlDsaHash.Mu(expanded.Tr, default, message, mu);
        MlDsaSigner.SignInternal(expanded, mu, rnd, signature);
        ConstantTime.Wipe(rnd);
    }

    protected override void DisposeCore() => expanded.Dispose();
}
