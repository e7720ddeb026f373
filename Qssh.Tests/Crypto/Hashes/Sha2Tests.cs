using System.Security.Cryptography;
using System.Text.Json;
using Qssh.Crypto.Hashes;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.Crypto.Hashes;

public sealed class Sha2Tests
{
    private delegate void HashFunction(ReadOnlySpan<byte> data, Span<byte> hash);

    [Fact]
    public void Nist_vectors()
    {
        using JsonDocument document = Vectors.Load("sha2/acvp-sha2.json");
        int count = 0;
        foreach ((JsonElement group, JsonElement test) in Vectors.Tests(document))
        {
            // The third kind, LDT, has 1 GiB of input.
            string type = group.GetProperty("testType").GetString()!;
            if (type == "AFT")
                Assert.Equal(Vectors.Hex(test, "md"), Hash(group, Vectors.Hex(test, "msg")));
            else if (type == "MCT")
                MonteCarlo(group, test);
            else
                continue;
            count++;
        }

        Assert.Equal(87, count);
    }

    [Fact]
    public void Agree_with_the_system_at_each_length()
    {
        Random random = new(1);
        byte[] data = new byte[600];
        random.NextBytes(data);
        for (int length = 0; length <= data.Length; length++)
        {
            Assert.Equal(SHA256.HashData(data.AsSpan(0, length)), Run(Sha256.Hash, 32, data.AsSpan(0, length)));
            Assert.Equal(SHA384.HashData(data.AsSpan(0, length)), Run(Sha384.Hash, 48, data.AsSpan(0, length)));
            Assert.Equal(SHA512.HashData(data.AsSpan(0, length)), Run(Sha512.Hash, 64, data.AsSpan(0, length)));
        }
    }

    [Fact]
    public void Pieces_give_the_hash_of_the_whole()
    {
        CheckPieces<Sha256>(SHA256.HashData);
        CheckPieces<Sha384>(SHA384.HashData);
        CheckPieces<Sha512>(SHA512.HashData);
        CheckPieces<Sha3Hash256>(data =>
        {
            byte[] hash = new byte[32];
            Sha3.Hash256(data, hash);
            return hash;
        });
    }

    [Fact]
    public void Refuse_an_output_of_another_length()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Sha256.Hash([], new byte[31]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Sha384.Hash([], new byte[64]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Sha512.Hash([], new byte[65]));
    }

    private static void CheckPieces<THash>(Func<byte[], byte[]> reference)
        where THash : struct, IHashFunction<THash>
    {
        Random random = new(2);
        byte[] data = new byte[1000], hash = new byte[THash.HashSize];
        random.NextBytes(data);
        for (int run = 0; run < 100; run++)
        {
            THash function = THash.Start();
            for (ReadOnlySpan<byte> rest = data; !rest.IsEmpty;)
            {
                int count = Math.Min(random.Next(2 * THash.BlockSize), rest.Length);
                function.Update(rest[..count]);
                rest = rest[count..];
            }

            THash copy = function;
            copy.Update([1]);
            copy.Clear();
            function.Finish(hash);
            Assert.Equal(reference(data), hash);
        }
    }

    private static void MonteCarlo(JsonElement group, JsonElement test)
    {
        bool alternate = group.GetProperty("mctVersion").GetString() == "alternate";
        byte[] seed = Vectors.Hex(test, "msg");
        int length = seed.Length;
        foreach (JsonElement result in test.GetProperty("resultsArray").EnumerateArray())
        {
            byte[] a = seed, b = seed, c = seed;
            for (int i = 0; i < 1000; i++)
            {
                byte[] message = [.. a, .. b, .. c];
                if (alternate)
                    Array.Resize(ref message, length);
                (a, b, c) = (b, c, Hash(group, message));
            }

            Assert.Equal(Vectors.Hex(result, "md"), c);
            seed = c;
        }
    }

    private static byte[] Hash(JsonElement group, ReadOnlySpan<byte> data) => group.GetProperty("function").GetString() switch
    {
        "SHA2-256" => Run(Sha256.Hash, Sha256.Size, data),
        "SHA2-384" => Run(Sha384.Hash, Sha384.Size, data),
        "SHA2-512" => Run(Sha512.Hash, Sha512.Size, data),
        string name => throw new NotSupportedException(name),
        null => throw new NotSupportedException(),
    };

    private static byte[] Run(HashFunction function, int size, ReadOnlySpan<byte> data)
    {
        byte[] hash = new byte[size];
        function(data, hash);
        return hash;
    }
}
