using Qssh.Secrets;

namespace Qssh.Crypto.Signatures.SlhDsa;

/// <summary>XMSS trees (FIPS 205, section 6), and the hypertree of d layers of them (section 7).</summary>
internal static class Hypertree
{
    /// <summary>PK.root: line 3 of algorithm 18, the root of the one tree of the top layer.</summary>
    /// <param name="nodes">Room for 2^h' nodes.</param>
    public static void Root<THash>(
        ref THash hash, SlhDsaParameters parameters, ReadOnlySpan<byte> skSeed, Span<byte> nodes, Span<byte> root)
        where THash : struct, ISlhDsaHash<THash>
    {
        SlhDsaAddress address = new(parameters.D - 1, 0);
        WotsSigner.PublicKeys(ref hash, parameters, skSeed, address, nodes);
        address.SetType(SlhDsaAddressType.Tree, 0);
        MerkleTree.Reduce(ref hash, parameters, address, 0, nodes);
        nodes[..root.Length].CopyTo(root);
    }

    /// <summary>
    /// Algorithm 12, ht_sign: each layer signs the root of the tree below (algorithm 10, xmss_sign). The roots come out of the
    /// trees on the way, so that no signature needs to be verified for them.
    /// </summary>
    /// <param name="message">n bytes: the FORS public key. Ends as PK.root.</param>
    /// <param name="nodes">Room for 2^h' nodes.</param>
    public static void Sign<THash>(
        ref THash hash,
        SlhDsaParameters parameters,
        ReadOnlySpan<byte> skSeed,
        ulong tree,
        uint leaf,
        Span<byte> message,
        Span<byte> nodes,
        Span<byte> signature)
        where THash : struct, ISlhDsaHash<THash>
    {
        int wotsSize = parameters.Len * parameters.N;
        for (int layer = 0; layer < parameters.D; layer++)
        {
            SlhDsaAddress address = new(layer, tree);
            Span<byte> path = signature[wotsSize..parameters.XmssSignatureSize];
            WotsDigits digits = new(message);
            WotsSigner.PublicKeys(ref hash, parameters, skSeed, address, nodes, digits, leaf, signature[..wotsSize]);
            address.SetType(SlhDsaAddressType.Tree, 0);
            MerkleTree.Reduce(ref hash, parameters, address, 0, nodes, leaf, path);
            nodes[..message.Length].CopyTo(message);
            Declassified.Contents(message); // a root, which the signature gives
            signature = signature[parameters.XmssSignatureSize..];
            Ascend(parameters, ref tree, out leaf);
        }
    }

    /// <summary>Algorithm 13, ht_verify, up to the comparison with PK.root (algorithm 11, xmss_pkFromSig, for each layer).</summary>
    /// <param name="node">n bytes: the FORS public key, which becomes the root.</param>
    public static void RootFromSignature<THash>(
        ref THash hash, SlhDsaParameters parameters, ulong tree, uint leaf, ReadOnlySpan<byte> signature, Span<byte> node)
        where THash : struct, ISlhDsaHash<THash>
    {
        int wotsSize = parameters.Len * parameters.N;
        for (int layer = 0; layer < parameters.D; layer++)
        {
            SlhDsaAddress address = new(layer, tree);
            WotsDigits digits = new(node);
            WotsVerifier.PublicKeyFromSignature(ref hash, parameters, address, leaf, digits, signature[..wotsSize], node);
            address.SetType(SlhDsaAddressType.Tree, 0);
            MerkleTree.Climb(ref hash, address, leaf, signature[wotsSize..parameters.XmssSignatureSize], node);
            signature = signature[parameters.XmssSignatureSize..];
            Ascend(parameters, ref tree, out leaf);
        }
    }

    /// <summary>The tree of the next layer, and its leaf that signs this tree.</summary>
    private static void Ascend(SlhDsaParameters parameters, ref ulong tree, out uint leaf)
    {
        leaf = (uint)tree & ((1u << parameters.HPrime) - 1);
        tree >>= parameters.HPrime;
    }
}
