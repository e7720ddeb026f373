using System.IO.Compression;
using Qssh.Compression;
using Qssh.Compression.Zlib;

namespace Qssh.Tests.Compression;

/// <summary>Both ways with zlib itself, which the platform's ZLibStream is.</summary>
public sealed class ZlibInteropTests
{
    private static readonly CompressionLevel[] s_levels =
        [CompressionLevel.NoCompression, CompressionLevel.Fastest, CompressionLevel.Optimal, CompressionLevel.SmallestSize];

    [Fact]
    public void Zlib_unpacks_ours()
    {
        foreach (byte[] data in Samples.All(300_000))
        {
            using ZlibEncoder encoder = new();
            using MemoryStream stream = new();
            for (int at = 0; at < data.Length; at += 30_000)
                stream.Write(encoder.Encode(data.AsSpan(at, Math.Min(30_000, data.Length - at))));
            stream.Position = 0;
            using ZLibStream unpacked = new(stream, CompressionMode.Decompress);
            byte[] result = new byte[data.Length];
            unpacked.ReadExactly(result);
            Assert.Equal(data, result);
        }
    }

    [Fact]
    public void Ours_unpacks_zlibs()
    {
        foreach (CompressionLevel level in s_levels)
        {
            foreach (byte[] data in Samples.All(300_000))
            {
                using ZlibDecoder decoder = new();
                using MemoryStream stream = new();
                using ZLibStream packed = new(stream, level);
                for (int at = 0; at < data.Length; at += 32_000)
                {
                    ReadOnlySpan<byte> piece = data.AsSpan(at, Math.Min(32_000, data.Length - at));
                    packed.Write(piece);
                    packed.Flush();
                    Assert.True(piece.SequenceEqual(decoder.Decode(stream.GetBuffer().AsSpan(0, (int)stream.Length), piece.Length)), $"{level} at {at}");
                    stream.SetLength(0);
                }
            }
        }
    }
}
