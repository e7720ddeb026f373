using System.Buffers.Binary;
using Qssh.Crypto.Hashes;
using Qssh.Crypto.Passwords;
using Xunit;

namespace Qssh.Tests.Crypto.Passwords;

public sealed class Argon2HashTests
{
    /// <summary>RFC 9106, section 3.3, written out: r = ceil(T / 32) - 2 half hashes, then the rest.</summary>
    [Fact]
    public void Output_of_each_length_is_that_of_the_definition()
    {
        byte[] input = [1, 2, 3];
        for (int size = 1; size <= 300; size++)
        {
            byte[] actual = new byte[size];
            Argon2Hash.Hash(input, actual);
            byte[] length = new byte[4];
            BinaryPrimitives.WriteInt32LittleEndian(length, size);
            byte[] first = [.. length, .. input];
            Assert.Equal(size <= 64 ? Hash(first, size) : Chain(Hash(first, 64), size), actual);
        }
    }

    private static byte[] Chain(byte[] v, int size)
    {
        int r = ((size + 31) / 32) - 2;
        List<byte> output = [.. v[..32]];
        for (int i = 2; i <= r; i++)
        {
            v = Hash(v, 64);
            output.AddRange(v[..32]);
        }

        output.AddRange(Hash(v, size - (32 * r)));
        return [.. output];
    }

    private static byte[] Hash(byte[] data, int size)
    {
        byte[] hash = new byte[size];
        Blake2b.Hash(data, hash);
        return hash;
    }
}
