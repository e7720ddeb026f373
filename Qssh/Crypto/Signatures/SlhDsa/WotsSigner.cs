using Qssh.Secrets;

namespace Qssh.Crypto.Signatures.SlhDsa;

/// <summary>
/// WOTS+ with the secret seed (FIPS 205, section 5). All keys of an XMSS tree are made at once, a batch of neighbours in step; one of them
/// may sign on the way, because its signature consists of values of the same chains.
/// </summary>
internal static class WotsSigner
{
    /// <summary>Algorithm 6, wots_pkGen, of every key pair of a tree.</summary>
    /// <param name="address">Layer and tree.</param>
    /// <param name="publicKeys">Receives 2^h' keys of n bytes: the leaves.</param>
    public static void PublicKeys<THash>(
        ref THash hash, SlhDsaParameters parameters, ReadOnlySpan<byte> skSeed, SlhDsaAddress address, Span<byte> publicKeys)
        where THash : struct, ISlhDsaHash<THash> =>
        PublicKeys(ref hash, parameters, skSeed, address, publicKeys, default, uint.MaxValue, default);

    /// <summary>The same, and algorithm 7, wots_sign, by the key pair <paramref name="signer"/>.</summary>
    /// <param name="signature">Receives len values of n bytes.</param>
    public static void PublicKeys<THash>(
        ref THash hash,
        SlhDsaParameters parameters,
        ReadOnlySpan<byte> skSeed,
        SlhDsaAddress address,
        Span<byte> publicKeys,
        in WotsDigits digits,
        uint signer,
        Span<byte> signature)
        where THash : struct, ISlhDsaHash<THash>
    {
        int keySize = parameters.Len * parameters.N;
        Span<byte> ends = stackalloc byte[THash.Lanes * keySize];
        Span<byte> values = stackalloc byte[THash.Lanes * parameters.N];
        Span<byte> seeds = stackalloc byte[THash.Lanes * parameters.N];
        Span<SlhDsaAddress> addresses = stackalloc SlhDsaAddress[THash.Lanes];
        addresses.Fill(address);
        for (int i = 0; i < THash.Lanes; i++)
            skSeed.CopyTo(seeds[(i * parameters.N)..]);

        int batch = THash.Lanes * parameters.N;
        for (uint first = 0; !publicKeys.IsEmpty; first += (uint)THash.Lanes, publicKeys = publicKeys[batch..])
        {
            uint lane = signer - first;
            for (int chain = 0; chain < parameters.Len; chain++)
            {
                Span<byte> captured = lane < THash.Lanes ? signature.Slice(chain * parameters.N, parameters.N) : default;
                SetTypes(addresses, SlhDsaAddressType.WotsPrf, first, chain);
                hash.Hash(addresses, seeds, values);
                SetTypes(addresses, SlhDsaAddressType.WotsHash, first, chain);
                Chain(ref hash, addresses, values, digits[chain], (int)lane, captured);
                for (int i = 0; i < THash.Lanes; i++)
                    values.Slice(i * parameters.N, parameters.N).CopyTo(ends[((i * keySize) + (chain * parameters.N))..]);
            }

            SetTypes(addresses, SlhDsaAddressType.WotsPublicKey, first, 0);
            hash.Hash(addresses, ends, publicKeys[..batch]);
        }

        ConstantTime.Wipe(ends);
        ConstantTime.Wipe(values);
        ConstantTime.Wipe(seeds);
    }

    /// <summary>Algorithm 5, chain, from 0 to w - 1, of one value per lane.</summary>
    /// <param name="captured">Receives the value of a lane after <paramref name="digit"/> steps, unless empty.</param>
    private static void Chain<THash>(
        ref THash hash, Span<SlhDsaAddress> addresses, Span<byte> values, int digit, int lane, Span<byte> captured)
        where THash : struct, ISlhDsaHash<THash>
    {
        for (uint step = 0; step < SlhDsaParameters.W - 1; step++)
        {
            if (step == digit && !captured.IsEmpty)
                values.Slice(lane * captured.Length, captured.Length).CopyTo(captured);
            foreach (ref SlhDsaAddress address in addresses)
                address.SetHash(step);
            hash.Hash(addresses, values, values);
        }

        if (digit == SlhDsaParameters.W - 1 && !captured.IsEmpty)
            values.Slice(lane * captured.Length, captured.Length).CopyTo(captured);
    }

    private static void SetTypes(Span<SlhDsaAddress> addresses, SlhDsaAddressType type, uint firstKeyPair, int chain)
    {
        for (int i = 0; i < addresses.Length; i++)
        {
            addresses[i].SetType(type, firstKeyPair + (uint)i);
            addresses[i].SetChain((uint)chain);
        }
    }
}
