using Qssh.Secrets;

namespace Qssh.Crypto.Signatures.SlhDsa;

/// <summary>
/// The internal functions of FIPS 205 (section 9) over a given kind of hash. No secret influences a branch or an index anywhere in
/// this folder: which leaves sign follows from the digest, which digits a WOTS+ key signs follows from a root, and both can be computed
/// from the signature; everything secret is input or output of a hash of fixed length.
/// </summary>
internal static class SlhDsaCore
{
    /// <summary>Algorithm 18, slh_keygen_internal: PK.root from the seeds.</summary>
    public static void Root<THash>(SlhDsaParameters parameters, ReadOnlySpan<byte> skSeed, ReadOnlySpan<byte> pkSeed, Span<byte> root)
        where THash : struct, ISlhDsaHash<THash>
    {
        using SecretBuffer nodes = new(parameters.N << parameters.HPrime);
        THash hash = THash.Create(parameters, pkSeed);
        Hypertree.Root(ref hash, parameters, skSeed, nodes.Span, root);
        hash.Clear();
    }

    /// <summary>Algorithm 19, slh_sign_internal.</summary>
    /// <param name="optRand">n bytes: fresh randomness, or PK.seed for the deterministic variant.</param>
    public static void Sign<THash>(SlhDsaPrivateKey key, SlhDsaMessage message, ReadOnlySpan<byte> optRand, Span<byte> signature)
        where THash : struct, ISlhDsaHash<THash>
    {
        SlhDsaParameters parameters = key.Parameters;
        Span<byte> digestBytes = stackalloc byte[parameters.M];
        Span<byte> node = stackalloc byte[parameters.N];
        Span<byte> r = signature[..parameters.N];
        SlhDsaMessageHash.PrfMsg(parameters, key.SkPrf, optRand, message, r);
        Declassified.Contents(r); // the start of the signature
        SlhDsaMessageHash.HMsg(parameters, r, key.PublicKey, message, digestBytes);
        SlhDsaDigest digest = new(parameters, digestBytes);

        using SecretBuffer nodes = new(parameters.N << Math.Max(parameters.A, parameters.HPrime));
        THash hash = THash.Create(parameters, key.PkSeed);
        Span<byte> rest = signature[parameters.N..];
        SlhDsaAddress bottom = new(0, digest.Tree);
        Fors.Sign(
            ref hash, parameters, key.SkSeed, bottom, digest, nodes.Span[..(parameters.N << parameters.A)], rest[..parameters.ForsSignatureSize], node);
        Declassified.Contents(node); // a FORS public key, which the signature gives
        Hypertree.Sign(
            ref hash,
            parameters,
            key.SkSeed,
            digest.Tree,
            digest.Leaf,
            node,
            nodes.Span[..(parameters.N << parameters.HPrime)],
            rest[parameters.ForsSignatureSize..]);
        hash.Clear();
    }

    /// <summary>Algorithm 20, slh_verify_internal. Both lengths are right.</summary>
    public static bool Verify<THash>(
        SlhDsaParameters parameters, ReadOnlySpan<byte> publicKey, SlhDsaMessage message, ReadOnlySpan<byte> signature)
        where THash : struct, ISlhDsaHash<THash>
    {
        Span<byte> digestBytes = stackalloc byte[parameters.M];
        Span<byte> node = stackalloc byte[parameters.N];
        SlhDsaMessageHash.HMsg(parameters, signature[..parameters.N], publicKey, message, digestBytes);
        SlhDsaDigest digest = new(parameters, digestBytes);

        THash hash = THash.Create(parameters, publicKey[..parameters.N]);
        ReadOnlySpan<byte> rest = signature[parameters.N..];
        SlhDsaAddress bottom = new(0, digest.Tree);
        Fors.PublicKeyFromSignature(ref hash, parameters, bottom, digest, rest[..parameters.ForsSignatureSize], node);
        Hypertree.RootFromSignature(ref hash, parameters, digest.Tree, digest.Leaf, rest[parameters.ForsSignatureSize..], node);
        return ConstantTime.AreEqual(node, publicKey[parameters.N..]);
    }
}
