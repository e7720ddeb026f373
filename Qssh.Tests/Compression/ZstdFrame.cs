using Qssh.Compression.Zstd;

namespace Qssh.Tests.Compression;

/// <summary>Blocks as a whole frame (RFC 8878, section 3.1.1), and frames as blocks.</summary>
internal static class ZstdFrame
{
    /// <summary>Magic number; no sizes, checksum or dictionary; a window of 128 KiB.</summary>
    public static byte[] Header => [0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x38];

    /// <summary>An empty raw block that is the last one.</summary>
    public static byte[] End => [1, 0, 0];

    /// <summary>The blocks of a frame without a checksum. The last one is given as if it were not.</summary>
    public static IEnumerable<byte[]> Blocks(byte[] frame)
    {
        Assert.Equal(Header[..4], frame[..4]);
        Assert.Equal(0, frame[4] & 7);
        bool isSingle = (frame[4] & 0x20) != 0;
        int at = 5 + (isSingle ? 0 : 1) + ((frame[4] >> 6) switch { 0 => isSingle ? 1 : 0, 1 => 2, 2 => 4, _ => 8 });
        while (true)
        {
            int header = frame[at] | frame[at + 1] << 8 | frame[at + 2] << 16;
            int size = (header >> 1 & 3) == (int)ZstdBlockType.Rle ? 1 : header >> 3;
            byte[] block = frame[at..(at + 3 + size)];
            block[0] &= 0xFE;
            // An empty one may end a frame.
            if (block is not [0, 0, 0])
                yield return block;
            at += block.Length;
            if ((header & 1) != 0)
                break;
        }

        Assert.Equal(frame.Length, at);
    }
}
