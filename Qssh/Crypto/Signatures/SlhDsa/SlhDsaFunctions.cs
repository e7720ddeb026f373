using System.Runtime.Intrinsics;
using Qssh.Crypto.Hashes;
using Qssh.Crypto.Rng;
using Qssh.Secrets;

namespace Qssh.Crypto.Signatures.SlhDsa;

/// <summary>
/// SLH-DSA as the rest of the program calls it: the external interfaces of FIPS 205 (section 10), and the internal ones over the fastest
/// hash of this machine.
/// </summary>
internal static class SlhDsaFunctions
{
    /// <summary>Algorithm 22, slh_sign, hedged; or algorithm 23, hash_slh_sign, where a hash function is given.</summary>
    /// <param name="context">At most 255 bytes.</param>
    /// <param name="signature">Exactly as long as a signature.</param>
    public static void Sign(
        SlhDsaPrivateKey key, ReadOnlySpan<byte> context, ReadOnlySpan<byte> message, Span<byte> signature, SlhDsaPreHash? preHash = null)
    {
        Span<byte> optRand = stackalloc byte[key.Parameters.N];
        SystemRandom.Fill(optRand);
        SignDerandomized(key, context, message, optRand, signature, preHash);
        ConstantTime.Wipe(optRand);
    }

    /// <summary>The same with the caller's randomness.</summary>
    /// <param name="optRand">n bytes: PK.seed for the deterministic variant.</param>
    public static void SignDerandomized(
        SlhDsaPrivateKey key,
        ReadOnlySpan<byte> context,
        ReadOnlySpan<byte> message,
        ReadOnlySpan<byte> optRand,
        Span<byte> signature,
        SlhDsaPreHash? preHash = null)
    {
        Span<byte> prefix = stackalloc byte[SlhDsaMessage.LargestPrefix];
        SignInternal(key, SlhDsaMessage.Create(context, message, preHash, prefix), optRand, signature);
    }

    /// <summary>Algorithm 24, slh_verify; or algorithm 25, hash_slh_verify. False for anything wrong, lengths included.</summary>
    public static bool Verify(
        SlhDsaParameters parameters,
        ReadOnlySpan<byte> publicKey,
        ReadOnlySpan<byte> context,
        ReadOnlySpan<byte> message,
        ReadOnlySpan<byte> signature,
        SlhDsaPreHash? preHash = null)
    {
        Span<byte> prefix = stackalloc byte[SlhDsaMessage.LargestPrefix];
        return context.Length <= SlhDsaParameters.MaximumContextSize
            && VerifyInternal(parameters, publicKey, SlhDsaMessage.Create(context, message, preHash, prefix), signature);
    }

    /// <summary>Algorithm 18, slh_keygen_internal: PK.root.</summary>
    public static void Root(SlhDsaParameters parameters, ReadOnlySpan<byte> skSeed, ReadOnlySpan<byte> pkSeed, Span<byte> root)
    {
        if (!parameters.IsShake)
            SlhDsaCore.Root<SlhDsaSha2>(parameters, skSeed, pkSeed, root);
        else if (Vector128.IsHardwareAccelerated)
            SlhDsaCore.Root<SlhDsaShake<KeccakLanes2>>(parameters, skSeed, pkSeed, root);
        else
            SlhDsaCore.Root<SlhDsaShake<KeccakLanes1>>(parameters, skSeed, pkSeed, root);
    }

    /// <summary>Algorithm 19, slh_sign_internal.</summary>
    public static void SignInternal(SlhDsaPrivateKey key, SlhDsaMessage message, ReadOnlySpan<byte> optRand, Span<byte> signature)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(optRand.Length, key.Parameters.N);
        ArgumentOutOfRangeException.ThrowIfNotEqual(signature.Length, key.Parameters.SignatureSize);
        if (!key.Parameters.IsShake)
            SlhDsaCore.Sign<SlhDsaSha2>(key, message, optRand, signature);
        else if (Vector128.IsHardwareAccelerated)
            SlhDsaCore.Sign<SlhDsaShake<KeccakLanes2>>(key, message, optRand, signature);
        else
            SlhDsaCore.Sign<SlhDsaShake<KeccakLanes1>>(key, message, optRand, signature);

        // The secrets are native memory: the key's finalizer must not run while they are read.
        GC.KeepAlive(key);
    }

    /// <summary>Algorithm 20, slh_verify_internal. False for wrong lengths too.</summary>
    public static bool VerifyInternal(
        SlhDsaParameters parameters, ReadOnlySpan<byte> publicKey, SlhDsaMessage message, ReadOnlySpan<byte> signature)
    {
        if (publicKey.Length != parameters.PublicKeySize || signature.Length != parameters.SignatureSize)
            return false;
        if (!parameters.IsShake)
            return SlhDsaCore.Verify<SlhDsaSha2>(parameters, publicKey, message, signature);
        return Vector128.IsHardwareAccelerated
            ? SlhDsaCore.Verify<SlhDsaShake<KeccakLanes2>>(parameters, publicKey, message, signature)
            : SlhDsaCore.Verify<SlhDsaShake<KeccakLanes1>>(parameters, publicKey, message, signature);
    }
}
