using Qssh.Compression.Zstd;
using Qssh.Tests.Support;

namespace Qssh.Tests.Compression;

/// <summary>Both ways with the program zstd.</summary>
public sealed class ZstdInteropTests
{
    [BinaryFact("zstd")]
    public void Zstd_unpacks_ours()
    {
        foreach (byte[] data in Samples.All(700_000))
        {
            foreach (int size in (int[])[32_768, 5_000])
            {
                using ZstdEncoder encoder = new();
                List<byte> frame = [.. ZstdFrame.Header];
                for (int at = 0; at < data.Length; at += size)
                    frame.AddRange(encoder.Encode(data.AsSpan(at, Math.Min(size, data.Length - at))));
                ProgramRun run = ProgramRun.Of("zstd", ["-dc"], [.. frame, .. ZstdFrame.End]);
                Assert.Equal("", run.Errors);
                Assert.Equal(data, run.Output);
            }
        }
    }

    /// <summary>A window of 32 KiB makes blocks of that size.</summary>
    [BinaryTheory("zstd")]
    [InlineData("--fast=3")]
    [InlineData("-1")]
    [InlineData("-3")]
    [InlineData("-9")]
    [InlineData("-19")]
    public void Ours_unpacks_zstds(string level)
    {
        foreach (byte[] data in Samples.All(300_000))
        {
            ProgramRun run = ProgramRun.Of("zstd", ["-c", "--no-check", "--zstd=wlog=15", level], data);
            using ZstdDecoder decoder = new();
            List<byte> result = [];
            foreach (byte[] block in ZstdFrame.Blocks(run.Output))
                result.AddRange(decoder.Decode(block, 32_768));
            Assert.Equal(data, result);
        }
    }
}
