using System.Buffers.Binary;
using System.Runtime.Intrinsics;
using System.Text;
using Qssh.Crypto.Hashes;
using Xunit;

namespace Qssh.Tests.Crypto.Hashes;

public sealed class Sha2VariantTests
{
    /// <summary>NIST, "Cryptographic Standards and Guidelines: Examples with Intermediate Values": the empty message and "abc".</summary>
    [Theory]
    [InlineData("", "d14a028c2a3a2bc9476102bb288234c415a2b01f828ea62ac5b3e42f")]
    [InlineData("abc", "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7")]
    public void Sha_224(string message, string expected)
    {
        byte[] hash = new byte[Sha224.Size];
        Sha224.Hash(Encoding.ASCII.GetBytes(message), hash);
        Assert.Equal(expected, Convert.ToHexStringLower(hash));
    }

    [Theory]
    [InlineData("", "6ed0dd02806fa89e25de060c19d3ac86cabb87d6a0ddd05c333b84f4", "c672b8d1ef56ed28ab87c3622c5114069bdd3ad7b8f9737498d0c01ecef0967a")]
    [InlineData("abc", "4634270f707b6a54daae7530460842e20e37ed265ceee9a43e8924aa", "53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23")]
    public void Sha_512_truncated(string message, string expected224, string expected256)
    {
        byte[] hash224 = new byte[Sha512Truncated.Size224];
        byte[] hash256 = new byte[Sha512Truncated.Size256];
        Sha512Truncated.Hash224(Encoding.ASCII.GetBytes(message), hash224);
        Sha512Truncated.Hash256(Encoding.ASCII.GetBytes(message), hash256);
        Assert.Equal(expected224, Convert.ToHexStringLower(hash224));
        Assert.Equal(expected256, Convert.ToHexStringLower(hash256));
    }

    [Theory]
    [InlineData("", "6b4e03423667dbb73b6e15454f0eb1abd4597f9a1b078e3f5b5a6bc7")]
    [InlineData("abc", "e642824c3f8cf24ad09234ee7d3c766fc9a3a5168d0c94ad73b46fdf")]
    public void Sha3_224(string message, string expected)
    {
        byte[] hash = new byte[Sha3.Size224];
        Sha3.Hash224(Encoding.ASCII.GetBytes(message), hash);
        Assert.Equal(expected, Convert.ToHexStringLower(hash));
    }

    [Fact]
    public void Four_compressions_at_once_are_four_compressions()
    {
        Random random = new(8);
        byte[] blocks = new byte[4 * 64];
        byte[] states = new byte[4 * 32];
        random.NextBytes(blocks);
        random.NextBytes(states);
        Vector128<uint>[] state = new Vector128<uint>[8];
        Vector128<uint>[] block = new Vector128<uint>[16];
        for (int i = 0; i < 8; i++)
            state[i] = Vector128.Create([.. Enumerable.Range(0, 4).Select(lane => BinaryPrimitives.ReadUInt32LittleEndian(states.AsSpan((lane * 32) + (4 * i))))]);
        for (int i = 0; i < 16; i++)
            block[i] = Vector128.Create([.. Enumerable.Range(0, 4).Select(lane => BinaryPrimitives.ReadUInt32BigEndian(blocks.AsSpan((lane * 64) + (4 * i))))]);

        Sha256Compression4.Compress(state, block);
        for (int lane = 0; lane < 4; lane++)
        {
            Span<byte> expected = states.AsSpan(lane * 32, 32);
            Sha256Compression.Compress(expected, blocks.AsSpan(lane * 64, 64));
            for (int i = 0; i < 8; i++)
                Assert.Equal(BinaryPrimitives.ReadUInt32LittleEndian(expected[(4 * i)..]), state[i][lane]);
        }
    }
}
