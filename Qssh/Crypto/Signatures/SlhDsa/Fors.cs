using Qssh.Secrets;

namespace Qssh.Crypto.Signatures.SlhDsa;

/// <summary>
/// FORS (FIPS 205, section 8): k trees of 2^a secrets, of which a signature shows one each. Which ones follows from the digest: public.
/// </summary>
internal static class Fors
{
    /// <summary>Algorithm 16, fors_sign, and the public key, whose trees are computed anyway.</summary>
    /// <param name="address">Bottom layer and tree.</param>
    /// <param name="nodes">Room for 2^a nodes; holds values that follow from secrets afterwards.</param>
    /// <param name="signature">Receives k times a secret and its authentication path.</param>
    /// <param name="publicKey">Receives n bytes.</param>
    public static void Sign<THash>(
        ref THash hash,
        SlhDsaParameters parameters,
        ReadOnlySpan<byte> skSeed,
        SlhDsaAddress address,
        SlhDsaDigest digest,
        Span<byte> nodes,
        Span<byte> signature,
        Span<byte> publicKey)
        where THash : struct, ISlhDsaHash<THash>
    {
        int n = parameters.N;
        Span<byte> roots = stackalloc byte[parameters.K * n];
        for (int i = 0; i < parameters.K; i++)
        {
            uint first = (uint)i << parameters.A;
            uint leaf = digest.ForsIndex(i);
            Leaves(ref hash, skSeed, address, digest.Leaf, first, nodes, leaf, signature[..n]);
            address.SetType(SlhDsaAddressType.ForsTree, digest.Leaf);
            MerkleTree.Reduce(ref hash, parameters, address, first, nodes, leaf, signature.Slice(n, parameters.A * n));
            nodes[..n].CopyTo(roots[(i * n)..]);
            signature = signature[((parameters.A + 1) * n)..];
        }

        address.SetType(SlhDsaAddressType.ForsRoots, digest.Leaf);
        hash.Hash([address], roots, publicKey);
    }

    /// <summary>Algorithm 17, fors_pkFromSig.</summary>
    /// <param name="address">Bottom layer and tree.</param>
    public static void PublicKeyFromSignature<THash>(
        ref THash hash,
        SlhDsaParameters parameters,
        SlhDsaAddress address,
        SlhDsaDigest digest,
        ReadOnlySpan<byte> signature,
        Span<byte> publicKey)
        where THash : struct, ISlhDsaHash<THash>
    {
        int n = parameters.N;
        Span<byte> roots = stackalloc byte[parameters.K * n];
        address.SetType(SlhDsaAddressType.ForsTree, digest.Leaf);
        for (int done = 0; done < parameters.K; done += THash.Lanes)
        {
            int count = Math.Min(THash.Lanes, parameters.K - done);
            Roots(ref hash, parameters, address, digest, done, signature, roots.Slice(done * n, count * n));
            signature = signature[(count * (parameters.A + 1) * n)..];
        }

        address.SetType(SlhDsaAddressType.ForsRoots, digest.Leaf);
        hash.Hash([address], roots, publicKey);
    }

    /// <summary>Algorithm 14, fors_skGen, and line 4 of algorithm 15 for all leaves of a tree.</summary>
    private static void Leaves<THash>(
        ref THash hash,
        ReadOnlySpan<byte> skSeed,
        SlhDsaAddress address,
        uint keyPair,
        uint firstLeaf,
        Span<byte> leaves,
        uint shown,
        Span<byte> secret)
        where THash : struct, ISlhDsaHash<THash>
    {
        int n = skSeed.Length;
        Span<byte> seeds = stackalloc byte[THash.Lanes * n];
        Span<SlhDsaAddress> addresses = stackalloc SlhDsaAddress[THash.Lanes];
        addresses.Fill(address);
        for (int i = 0; i < THash.Lanes; i++)
            skSeed.CopyTo(seeds[(i * n)..]);

        for (uint first = 0; !leaves.IsEmpty; first += (uint)THash.Lanes, leaves = leaves[seeds.Length..])
        {
            Span<byte> batch = leaves[..seeds.Length];
            SetTypes(addresses, SlhDsaAddressType.ForsPrf, keyPair, firstLeaf + first);
            hash.Hash(addresses, seeds, batch);
            if (shown - first < THash.Lanes)
                batch.Slice((int)(shown - first) * n, n).CopyTo(secret);
            SetTypes(addresses, SlhDsaAddressType.ForsTree, keyPair, firstLeaf + first);
            hash.Hash(addresses, batch, batch);
        }

        ConstantTime.Wipe(seeds);
    }

    /// <summary>Lines 2 to 18 of algorithm 17 for several trees in step, because their paths have one length.</summary>
    private static void Roots<THash>(
        ref THash hash,
        SlhDsaParameters parameters,
        SlhDsaAddress address,
        SlhDsaDigest digest,
        int firstTree,
        ReadOnlySpan<byte> signature,
        Span<byte> nodes)
        where THash : struct, ISlhDsaHash<THash>
    {
        int n = parameters.N;
        int count = nodes.Length / n;
        Span<byte> pairs = stackalloc byte[2 * nodes.Length];
        Span<SlhDsaAddress> addresses = stackalloc SlhDsaAddress[count];
        addresses.Fill(address);
        for (int i = 0; i < count; i++)
        {
            signature.Slice(i * (parameters.A + 1) * n, n).CopyTo(nodes[(i * n)..]);
            addresses[i].SetNode(0, Leaf(parameters, digest, firstTree + i));
        }

        hash.Hash(addresses, nodes, nodes);
        for (int height = 1; height <= parameters.A; height++)
        {
            for (int i = 0; i < count; i++)
            {
                uint index = Leaf(parameters, digest, firstTree + i) >> (height - 1);
                int own = (2 * i) + (int)(index & 1);
                nodes.Slice(i * n, n).CopyTo(pairs[(own * n)..]);
                signature.Slice(((i * (parameters.A + 1)) + height) * n, n).CopyTo(pairs[((own ^ 1) * n)..]);
                addresses[i].SetNode((uint)height, index >> 1);
            }

            hash.Hash(addresses, pairs, nodes);
        }
    }

    /// <summary>The index of the shown leaf of a tree, all trees numbered through.</summary>
    private static uint Leaf(SlhDsaParameters parameters, SlhDsaDigest digest, int tree) =>
        ((uint)tree << parameters.A) + digest.ForsIndex(tree);

    private static void SetTypes(Span<SlhDsaAddress> addresses, SlhDsaAddressType type, uint keyPair, uint firstLeaf)
    {
        for (int i = 0; i < addresses.Length; i++)
        {
            addresses[i].SetType(type, keyPair);
            addresses[i].SetNode(0, firstLeaf + (uint)i);
        }
    }
}
