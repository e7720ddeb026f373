using System.Buffers.Binary;
using Qssh.Compression;
using Qssh.Compression.Zlib;
using Qssh.Compression.Zstd;

namespace Qssh.Tests.Compression;

/// <summary>What zlib and zstd themselves have written comes out (Vectors/compression).</summary>
public sealed class VectorTests
{
    private static readonly byte[] s_plain = Load("plain.bin");

    [Theory]
    [InlineData("zlib-1.bin")]
    [InlineData("zlib-9.bin")]
    [InlineData("zlib-fixed.bin")]
    public void Zlib(string name)
    {
        using ZlibDecoder decoder = new();
        Assert.Equal(s_plain, Unpack(decoder, Pieces(Load(name))));
    }

    [Theory]
    [InlineData("zstd-1.zst")]
    [InlineData("zstd-3.zst")]
    [InlineData("zstd-19.zst")]
    public void Zstd(string name)
    {
        using ZstdDecoder decoder = new();
        Assert.Equal(s_plain, Unpack(decoder, ZstdFrame.Blocks(Load(name))));
    }

    /// <summary>Messages before each of which its length stands.</summary>
    internal static IEnumerable<byte[]> Pieces(byte[] file)
    {
        for (int at = 0; at < file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            yield return file[(at + 4)..(at + 4 + length)];
            at += 4 + length;
        }
    }

    internal static byte[] Load(string name) => File.ReadAllBytes(Support.Vectors.FullPath("compression/" + name));

    private static byte[] Unpack(BlockDecoder decoder, IEnumerable<byte[]> blocks)
    {
        List<byte> result = [];
        foreach (byte[] block in blocks)
            result.AddRange(decoder.Decode(block, BlockDecoder.MaxOutput));
        return [.. result];
    }
}
