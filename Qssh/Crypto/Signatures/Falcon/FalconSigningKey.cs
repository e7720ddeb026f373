using Qssh.Crypto.Hashes;
using Qssh.Crypto.Rng;
using Qssh.Secrets;

namespace Qssh.Crypto.Signatures.Falcon;

/// <summary>
/// Signs with a fresh salt and a fresh seed; there is no deterministic mode. The seed is hedged with the key and with what is signed:
/// were the generator to repeat itself, one salt with one message would give one signature, never two of the same hash, which would
/// reveal the key.
/// </summary>
internal sealed class FalconSigningKey(FalconAlgorithm algorithm, byte[] publicKey, ReadOnlySpan<byte> privateForm, FalconExpandedKey expanded)
    : SigningKey(algorithm, publicKey, privateForm)
{
    private const int SeedSize = 48;

    protected override void SignCore(ReadOnlySpan<byte> message, Span<byte> signature)
    {
        Span<byte> seed = stackalloc byte[SeedSize];
        Span<byte> nonce = stackalloc byte[FalconParameters.NonceSize];
        SystemRandom.Fill(seed);
        SystemRandom.Fill(nonce);
        Keccak source = Keccak.Shake256();
        try
        {
            source.Absorb(seed);
            source.Absorb(PrivateForm);
            source.Absorb(nonce);
            source.Absorb(message);
            FalconSigner.SignPadded(expanded, nonce, message, ref source, signature);
        }
        finally
        {
            source.Clear();
            ConstantTime.Wipe(seed);
        }
    }

    protected override void DisposeCore() => expanded.Dispose();
}
