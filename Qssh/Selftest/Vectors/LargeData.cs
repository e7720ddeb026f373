using Qssh.Crypto.Hashes;
using Qssh.Json;

namespace Qssh.Selftest.Vectors;

/// <summary>ACVP's large-data test: a short content repeated up to a length near 1 GiB.</summary>
internal static class LargeData
{
    private const long Largest = 1L << 32;
    private const int Chunk = 64 * 1024;

    public static CaseVerdict Run(VectorCase test, string function)
    {
        if (!test.TakesLong)
            return CaseVerdict.Skipped("1 GiB of input: --long");
        if (!test.Test.TryGet("largeMsg"u8, out JsonNode large))
            throw new VectorShapeException("\"largeMsg\" is missing");
        byte[] content = test.With(large).RequiredHex("content");
        long length = Length(large);
        if (content.Length == 0 || length % content.Length != 0)
            throw new VectorShapeException("\"content\" does not fit \"fullLength\"");
        byte[] chunk = new byte[Math.Max(Chunk / content.Length, 1) * content.Length];
        for (int i = 0; i < chunk.Length; i++)
            chunk[i] = content[i % content.Length];
        return function switch
        {
            "SHA2-256" => test.Expect("md", Sha2<Sha256>(chunk, length)),
            "SHA2-384" => test.Expect("md", Sha2<Sha384>(chunk, length)),
            "SHA2-512" => test.Expect("md", Sha2<Sha512>(chunk, length)),
            "SHA3-256" => test.Expect("md", Sponge(Keccak.Sha3_256(), Sha3.Size256, chunk, length)),
            "SHA3-384" => test.Expect("md", Sponge(Keccak.Sha3_384(), Sha3.Size384, chunk, length)),
            "SHA3-512" => test.Expect("md", Sponge(Keccak.Sha3_512(), Sha3.Size512, chunk, length)),
            _ => CaseVerdict.Skipped("large data of another function"),
        };
    }

    /// <summary>fullLength is in bits and more than an int holds.</summary>
    private static long Length(JsonNode large)
    {
        if (!large.TryGet("fullLength"u8, out JsonNode node) || !node.TryLong(out long bits) || bits % 8 != 0 || bits is < 0 or > 8 * Largest)
            throw new VectorShapeException("\"fullLength\" is no number of whole bytes up to 4 GiB");
        return bits / 8;
    }

    private static byte[] Sha2<THash>(byte[] chunk, long length)
        where THash : struct, IHashFunction<THash>
    {
        THash function = THash.Start();
        for (; length > 0; length -= Math.Min(length, chunk.Length))
            function.Update(chunk.AsSpan(0, (int)Math.Min(length, chunk.Length)));
        byte[] hash = new byte[THash.HashSize];
        function.Finish(hash);
        return hash;
    }

    private static byte[] Sponge(Keccak sponge, int size, byte[] chunk, long length)
    {
        for (; length > 0; length -= Math.Min(length, chunk.Length))
            sponge.Absorb(chunk.AsSpan(0, (int)Math.Min(length, chunk.Length)));
        byte[] hash = new byte[size];
        sponge.Squeeze(hash);
        return hash;
    }
}
