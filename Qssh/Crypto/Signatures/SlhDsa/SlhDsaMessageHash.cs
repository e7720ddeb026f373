using System.Buffers.Binary;
using Qssh.Crypto.Hashes;
using Qssh.Secrets;

namespace Qssh.Crypto.Signatures.SlhDsa;

/// <summary>H_msg and PRF_msg of both families (FIPS 205, sections 11.1 and 11.2): the two functions that read the message.</summary>
internal static class SlhDsaMessageHash
{
    /// <summary>H_msg(R, PK.seed, PK.root, M).</summary>
    /// <param name="publicKey">PK.seed || PK.root.</param>
    /// <param name="digest">m bytes.</param>
    public static void HMsg(SlhDsaParameters parameters, ReadOnlySpan<byte> r, ReadOnlySpan<byte> publicKey, SlhDsaMessage message, Span<byte> digest)
    {
        if (parameters.IsShake)
            Shake(r, publicKey, message, digest);
        else if (parameters.N == Sha256.Size / 2)
            Mgf1<Sha256>(r, publicKey, message, digest);
        else
            Mgf1<Sha512>(r, publicKey, message, digest);
    }

    /// <summary>PRF_msg(SK.prf, opt_rand, M).</summary>
    /// <param name="r">n bytes.</param>
    public static void PrfMsg(SlhDsaParameters parameters, ReadOnlySpan<byte> skPrf, ReadOnlySpan<byte> optRand, SlhDsaMessage message, Span<byte> r)
    {
        if (parameters.IsShake)
            Shake(skPrf, optRand, message, r);
        else if (parameters.N == Sha256.Size / 2)
            Mac<Sha256>(skPrf, optRand, message, r);
        else
            Mac<Sha512>(skPrf, optRand, message, r);
    }

    private static void Shake(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, SlhDsaMessage message, Span<byte> output)
    {
        Keccak sponge = Keccak.Shake256();
        sponge.Absorb(first);
        sponge.Absorb(second);
        sponge.Absorb(message.Prefix);
        sponge.Absorb(message.Rest);
        sponge.Squeeze(output);
        sponge.Clear();
    }

    private static void Mac<THash>(ReadOnlySpan<byte> skPrf, ReadOnlySpan<byte> optRand, SlhDsaMessage message, Span<byte> r)
        where THash : struct, IHashFunction<THash>
    {
        Span<byte> mac = stackalloc byte[Sha512.Size];
        mac = mac[..THash.HashSize];
        Hmac<THash> hmac = new(skPrf);
        hmac.Update(optRand);
        hmac.Update(message.Prefix);
        hmac.Update(message.Rest);
        hmac.Finish(mac);
        mac[..r.Length].CopyTo(r);
        ConstantTime.Wipe(mac);
    }

    /// <summary>MGF1(R || PK.seed || hash(R || PK.seed || PK.root || M), m) (RFC 8017, appendix B.2.1).</summary>
    private static void Mgf1<THash>(ReadOnlySpan<byte> r, ReadOnlySpan<byte> publicKey, SlhDsaMessage message, Span<byte> digest)
        where THash : struct, IHashFunction<THash>
    {
        Span<byte> buffer = stackalloc byte[Sha512.Size];
        Span<byte> block = buffer[..THash.HashSize];
        THash start = THash.Start();
        start.Update(r);
        start.Update(publicKey[..r.Length]);
        THash inner = start;
        inner.Update(publicKey[r.Length..]);
        inner.Update(message.Prefix);
        inner.Update(message.Rest);
        inner.Finish(block);
        start.Update(block);

        Span<byte> counterBytes = stackalloc byte[sizeof(uint)];
        for (uint counter = 0; !digest.IsEmpty; counter++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(counterBytes, counter);
            THash outer = start;
            outer.Update(counterBytes);
            outer.Finish(block);
            int count = Math.Min(block.Length, digest.Length);
            block[..count].CopyTo(digest);
            digest = digest[count..];
        }
    }
}
