namespace Qssh.Crypto.Signatures.SlhDsa;

/// <summary>The binary hash trees of XMSS and of FORS (FIPS 205, sections 6 and 8), which differ only in their addresses.</summary>
internal static class MerkleTree
{
    /// <summary>Algorithms 9 and 15, xmss_node and fors_node, for all nodes of a tree, level by level.</summary>
    /// <param name="address">All but height and index of the nodes.</param>
    /// <param name="firstLeaf">Index of the first leaf: the FORS trees of a key are numbered through.</param>
    /// <param name="nodes">2^height leaves of n bytes; used up. The root ends up in the first n bytes.</param>
    public static void Reduce<THash>(ref THash hash, SlhDsaParameters parameters, SlhDsaAddress address, uint firstLeaf, Span<byte> nodes)
        where THash : struct, ISlhDsaHash<THash> =>
        Reduce(ref hash, parameters, address, firstLeaf, nodes, 0, default);

    /// <summary>The same, and the authentication path of a leaf (algorithms 10 and 16).</summary>
    /// <param name="leaf">Counted from <paramref name="firstLeaf"/>; public.</param>
    /// <param name="path">Receives the sibling of each node from the leaf up, unless empty.</param>
    public static void Reduce<THash>(
        ref THash hash, SlhDsaParameters parameters, SlhDsaAddress address, uint firstLeaf, Span<byte> nodes, uint leaf, Span<byte> path)
        where THash : struct, ISlhDsaHash<THash>
    {
        int n = parameters.N;
        int count = nodes.Length / n;
        for (uint height = 1; count > 1; height++)
        {
            if (!path.IsEmpty)
            {
                nodes.Slice((int)(leaf ^ 1) * n, n).CopyTo(path);
                path = path[n..];
                leaf >>= 1;
            }

            count /= 2;
            Level(ref hash, n, address, height, firstLeaf >> (int)height, nodes[..(2 * count * n)]);
        }
    }

    /// <summary>Algorithms 11 and 17, xmss_pkFromSig and fors_pkFromSig, from the leaf on: the root that a path leads to.</summary>
    /// <param name="leaf">Its index, numbered through.</param>
    /// <param name="path">As many siblings as the tree is high.</param>
    /// <param name="node">The leaf, which becomes the root.</param>
    public static void Climb<THash>(ref THash hash, SlhDsaAddress address, uint leaf, ReadOnlySpan<byte> path, Span<byte> node)
        where THash : struct, ISlhDsaHash<THash>
    {
        int n = node.Length;
        Span<byte> pair = stackalloc byte[2 * n];
        for (uint height = 1; !path.IsEmpty; height++, path = path[n..])
        {
            bool isRight = (leaf & 1) != 0;
            leaf >>= 1;
            node.CopyTo(isRight ? pair[n..] : pair);
            path[..n].CopyTo(isRight ? pair : pair[n..]);
            address.SetNode(height, leaf);
            hash.Hash([address], pair, node);
        }
    }

    /// <summary>From the nodes of one level to those of the next, in place.</summary>
    /// <param name="first">Index of the first node of the next level.</param>
    private static void Level<THash>(ref THash hash, int n, SlhDsaAddress address, uint height, uint first, Span<byte> nodes)
        where THash : struct, ISlhDsaHash<THash>
    {
        Span<SlhDsaAddress> addresses = stackalloc SlhDsaAddress[THash.Lanes];
        addresses.Fill(address);
        int count = nodes.Length / (2 * n);
        for (int done = 0; done < count; done += addresses.Length)
        {
            if (addresses.Length > count - done)
                addresses = addresses[..(count - done)];
            for (int i = 0; i < addresses.Length; i++)
                addresses[i].SetNode(height, first + (uint)(done + i));
            int size = addresses.Length * n;
            hash.Hash(addresses, nodes.Slice(2 * done * n, 2 * size), nodes.Slice(done * n, size));
        }
    }
}
