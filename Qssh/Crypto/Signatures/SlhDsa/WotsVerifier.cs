namespace Qssh.Crypto.Signatures.SlhDsa;

/// <summary>
/// Algorithm 8 of FIPS 205, wots_pkFromSig. The chains have different lengths, all public: a lane that has come to the end of one takes
/// the next.
/// </summary>
internal static class WotsVerifier
{
    private const uint LastStep = SlhDsaParameters.W - 1;

    /// <param name="address">Layer and tree.</param>
    /// <param name="signature">len values of n bytes.</param>
    /// <param name="publicKey">Receives n bytes.</param>
    public static void PublicKeyFromSignature<THash>(
        ref THash hash,
        SlhDsaParameters parameters,
        SlhDsaAddress address,
        uint keyPair,
        in WotsDigits digits,
        ReadOnlySpan<byte> signature,
        Span<byte> publicKey)
        where THash : struct, ISlhDsaHash<THash>
    {
        int n = parameters.N;
        Span<byte> ends = stackalloc byte[parameters.Len * n];
        Span<byte> values = stackalloc byte[THash.Lanes * n];
        Span<Lane> lanes = stackalloc Lane[THash.Lanes];
        Span<SlhDsaAddress> addresses = stackalloc SlhDsaAddress[THash.Lanes];
        address.SetType(SlhDsaAddressType.WotsHash, keyPair);
        addresses.Fill(address);
        signature.CopyTo(ends);
        int next = 0;
        int active = 0;
        while (true)
        {
            for (; active < THash.Lanes && Next(parameters, digits, ref next) is int chain; active++)
                lanes[active] = new Lane(chain, (uint)digits[chain]);
            if (active == 0)
                break;

            Step(ref hash, addresses[..active], lanes[..active], values[..(active * n)], ends);
            for (int i = active - 1; i >= 0; i--)
            {
                if (++lanes[i].Position == LastStep)
                    lanes[i] = lanes[--active];
            }
        }

        address.SetType(SlhDsaAddressType.WotsPublicKey, keyPair);
        hash.Hash([address], ends, publicKey);
    }

    /// <summary>One step of the chain of each lane, from its place in <paramref name="ends"/> and back.</summary>
    private static void Step<THash>(
        ref THash hash, Span<SlhDsaAddress> addresses, ReadOnlySpan<Lane> lanes, Span<byte> values, Span<byte> ends)
        where THash : struct, ISlhDsaHash<THash>
    {
        int n = values.Length / lanes.Length;
        for (int i = 0; i < lanes.Length; i++)
        {
            addresses[i].SetChain((uint)lanes[i].Chain);
            addresses[i].SetHash(lanes[i].Position);
            ends.Slice(lanes[i].Chain * n, n).CopyTo(values[(i * n)..]);
        }

        hash.Hash(addresses, values, values);
        for (int i = 0; i < lanes.Length; i++)
            values.Slice(i * n, n).CopyTo(ends[(lanes[i].Chain * n)..]);
    }

    /// <summary>The next chain that has a step left, or null.</summary>
    private static int? Next(SlhDsaParameters parameters, in WotsDigits digits, ref int next)
    {
        while (next < parameters.Len)
        {
            int chain = next++;
            if (digits[chain] != LastStep)
                return chain;
        }

        return null;
    }

    private struct Lane(int chain, uint position)
    {
        public readonly int Chain = chain;
        public uint Position = position;
    }
}
