using System.Buffers.Binary;
using Qssh.Crypto.Hashes;
using Qssh.Secrets;

namespace Qssh.Crypto.Signatures.SlhDsa;

/// <summary>
/// F, H, T_l and PRF of the SHA2 sets (FIPS 205, section 11.2): SHA-256 throughout for n = 16; SHA-512 in H and T_l for larger n.
/// PK.seed is padded to a whole block, so that what follows it starts from a state computed once.
/// </summary>
internal struct SlhDsaSha2 : ISlhDsaHash<SlhDsaSha2>
{
    private Sha256 _seeded256;
    private Sha512 _seeded512;
    private int _n;

    public static int Lanes => 1;

    public static SlhDsaSha2 Create(SlhDsaParameters parameters, ReadOnlySpan<byte> pkSeed)
    {
        Span<byte> block = stackalloc byte[Sha512.BlockSize];
        block.Clear();
        pkSeed.CopyTo(block);
        SlhDsaSha2 hash = new() { _seeded256 = Sha256.Start(), _seeded512 = Sha512.Start(), _n = parameters.N };
        hash._seeded256.Update(block[..Sha256.BlockSize]);
        hash._seeded512.Update(block);
        return hash;
    }

    public void Hash(ReadOnlySpan<SlhDsaAddress> addresses, ReadOnlySpan<byte> messages, Span<byte> outputs)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(addresses.Length, 1);
        const int ShortHashN = 16;
        if (_n == ShortHashN || messages.Length == _n)
            Hash(_seeded256, addresses[0], messages, outputs[.._n]);
        else
            Hash(_seeded512, addresses[0], messages, outputs[.._n]);
    }

    public void Clear()
    {
        _seeded256.Clear();
        _seeded512.Clear();
    }

    /// <summary>Trunc_n(hash(PK.seed || zeros || ADRS^c || M)).</summary>
    private static void Hash<THash>(THash function, in SlhDsaAddress address, ReadOnlySpan<byte> message, Span<byte> output)
        where THash : struct, IHashFunction<THash>
    {
        Span<byte> buffer = stackalloc byte[Sha512.Size];
        Span<byte> digest = buffer[..THash.HashSize];
        address.WriteCompressed(buffer);
        function.Update(buffer[..SlhDsaAddress.CompressedSize]);
        function.Update(message);
        function.Finish(digest);
        digest[..output.Length].CopyTo(output);
        ConstantTime.Wipe(digest);
    }
}
