using System.IO.Compression;
using FsCheck;
using FsCheck.Fluent;
using Qssh.Compression;
using Qssh.Compression.Zlib;
using Qssh.Compression.Zstd;
using Qssh.Errors;
using Qssh.Fuzz.Replay;

namespace Qssh.Tests.Compression;

/// <summary>Blocks that a peer made to do harm: each is refused as a fault of the protocol, and nothing is written beyond the limit.</summary>
public sealed class HostileBlockTests
{
    private const int Limit = BlockDecoder.MaxOutput;

    public static TheoryData<byte> Methods => [.. CompressionMethods.Offered.ToArray()];

    [Theory]
    [InlineData("", "block has no header")]
    [InlineData("0300", "block has no header")]
    [InlineData("090000 61", "not as long as it says, or the last one")]
    [InlineData("0b0000 61", "not as long as it says, or the last one")]
    [InlineData("000000", "gives nothing")]
    [InlineData("100000 61", "not as long as it says")]
    [InlineData("100000 616263", "not as long as it says")]
    [InlineData("0a0000", "not as long as it says")]
    [InlineData("0a0004 61", "more than it may")]
    [InlineData("0e0000 00", "no known type")]
    public void Zstd_blocks_are_refused(string block, string reason)
    {
        using ZstdDecoder decoder = new();
        Refuses(decoder, Convert.FromHexString(block.Replace(" ", "")), Limit, reason);
    }

    /// <summary>Contents of compressed blocks: literals section, number of sequences, modes, tables, stream.</summary>
    [Theory]
    [InlineData("", "no literals section")]
    [InlineData("00", "does not fit its block")]
    [InlineData("00 00", "gives nothing")]
    [InlineData("08 61 00 00", "does not fit its block")]
    [InlineData("10 61", "does not fit its block")]
    [InlineData("0d ffff 61 00", "does not fit its block")]
    [InlineData("0d 00 10 61 00", "does not fit its block")]
    [InlineData("03 00 00 00", "does not fit its block")]
    [InlineData("13 40 00 55 00", "without a tree")]
    [InlineData("12 00 00 00", "no Huffman tree")]
    [InlineData("12 40 00 80 00", "Huffman tree is cut")]
    [InlineData("12 80 00 80 00 00", "Huffman code is not complete")]
    [InlineData("12 80 00 80 c0 00", "Huffman code is too long")]
    [InlineData("12 80 00 80 b0 00", "no end mark")]
    [InlineData("12 c0 00 02 ff ff 00", "accuracy of a table is too high")]
    [InlineData("12 80 00 80 10 00", "bit stream has no end mark")]
    [InlineData("12 c0 00 80 10 05 00", "do not fill their stream")]
    [InlineData("16 c0 01 80 10 ffff00000000 00 00", "does not fit its block")]
    [InlineData("08 61 01", "no modes")]
    [InlineData("08 61 01 01 80", "no modes")]
    [InlineData("08 61 01 c0 80", "no table to repeat")]
    [InlineData("08 61 01 40 24 80", "not in the alphabet")]
    [InlineData("08 61 01 80 0f 00 80", "accuracy of a table is too high")]
    [InlineData("08 61 01 54", "does not fit its block")]
    [InlineData("08 61 01 54 00 00", "does not fit its block")]
    [InlineData("08 61 01 54 00 00 00", "no end mark")]
    [InlineData("08 61 01 54 00 00 00 00", "no end mark")]
    [InlineData("08 61 01 54 00 00 00 01", "beyond the window")]
    [InlineData("08 61 01 54 01 12 00 ffffffff", "beyond the window")]
    [InlineData("08 61 01 54 01 11 00 ffffff", "beyond the window")]
    [InlineData("08 61 01 54 02 00 00 01", "more than it may")]
    [InlineData("08 61 01 54 01 00 00 03", "do not fill their stream")]
    [InlineData("08 61 01 54 01 01 00 01", "more than it may")]
    [InlineData("08 61 01 54 01 00 33 ffff", "more than it may")]
    [InlineData("08 61 ff ffff 54 01 00 00 01", "more than it may")]
    public void Zstd_contents_are_refused(string content, string reason)
    {
        using ZstdDecoder decoder = new();
        byte[] bytes = Convert.FromHexString(content.Replace(" ", ""));
        Refuses(decoder, [(byte)(4 | bytes.Length << 3), 0, 0, .. bytes], Limit, reason);
    }

    [Fact]
    public void A_literal_and_a_match_come_out()
    {
        using ZstdDecoder decoder = new();
        byte[] content = [0x08, 0x61, 0x01, 0x54, 0x01, 0x00, 0x00, 0x01];
        Assert.Equal("aaaa"u8, decoder.Decode([(byte)(4 | content.Length << 3), 0, 0, .. content], Limit));
    }

    [Theory]
    [InlineData("", "not a zlib stream")]
    [InlineData("78", "not a zlib stream")]
    [InlineData("7801", "gives nothing")]
    [InlineData("7701 000000ffff", "not a zlib stream")]
    [InlineData("8819 000000ffff", "not a zlib stream")]
    [InlineData("7820 000000ffff", "not a zlib stream")]
    [InlineData("7802 000000ffff", "not a zlib stream")]
    [InlineData("7801 000000ffff", "gives nothing")]
    [InlineData("7801 010100feff61", "does not end")]
    [InlineData("7801 000100ffff61", "stored block does not fit")]
    [InlineData("7801 000200fdff61", "stored block does not fit")]
    [InlineData("7801 00", "stored block does not fit")]
    [InlineData("7801 06", "no known type")]
    [InlineData("7801 4a04", "does not end with a stored block")]
    [InlineData("7801 4a", "block is cut")]
    [InlineData("7801 0206000000ffff", "beyond the window")]
    [InlineData("7801 1a0300", "length of no known code")]
    [InlineData("7801 fc00000000", "too many symbols")]
    [InlineData("7801 0400000000000000", "not complete")]
    [InlineData("7801 04e09324499224499224", "too many symbols")]
    [InlineData("7801 04", "not complete")]
    [InlineData("7801 04001200000000", "code lengths do not fit")]
    public void Zlib_is_refused(string block, string reason)
    {
        using ZlibDecoder decoder = new();
        Refuses(decoder, Convert.FromHexString(block.Replace(" ", "")), Limit, reason);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_bomb_stops_at_the_limit(byte method)
    {
        using BlockEncoder encoder = CompressionMethods.Encoder((CompressionMethod)method);
        byte[] block = encoder.Encode(new byte[Limit]).ToArray();
        Assert.InRange(block.Length, 1, 80);
        foreach (int limit in (int[])[0, 1, 1000, Limit - 1])
        {
            using BlockDecoder decoder = CompressionMethods.Decoder((CompressionMethod)method);
            Refuses(decoder, block, limit, "block");
        }
    }

    [Fact]
    public void A_bomb_made_by_zlib_stops_at_32768()
    {
        using MemoryStream stream = new();
        using (ZLibStream packed = new(stream, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            packed.Write(new byte[10_000_000]);
            packed.Flush();
            using ZlibDecoder decoder = new();
            Refuses(decoder, stream.ToArray(), int.MaxValue, "more than it may");
        }
    }

    [Fact]
    public void Many_blocks_in_one_message_are_refused()
    {
        using ZlibDecoder decoder = new();
        byte[] sixteen = [0x78, 1, .. Enumerable.Repeat<byte[]>([0, 1, 0, 0xFE, 0xFF, 0x61], 16).SelectMany(b => b)];
        Assert.Equal(16, decoder.Decode(sixteen, Limit).Length);
        Refuses(decoder, [.. sixteen[2..], .. sixteen[2..8]], Limit, "too many blocks");
    }

    /// <summary>Whatever is changed in honest blocks: other bytes within the limit, or a fault of the protocol.</summary>
    [Theory]
    [MemberData(nameof(Methods))]
    public void Changed_blocks_do_no_harm(byte method)
    {
        Prop.ForAll(
            ArbMap.Default.GeneratorFor<int>().ToArbitrary(),
            seed =>
            {
                using BlockEncoder encoder = CompressionMethods.Encoder((CompressionMethod)method);
                using BlockDecoder decoder = CompressionMethods.Decoder((CompressionMethod)method);
                System.Random random = new(seed);
                byte[] data = Samples.All(40_000).ElementAt(random.Next(6));
                try
                {
                    for (int at = 0; at < data.Length; at += 4000)
                    {
                        byte[] block = encoder.Encode(data.AsSpan(at, 4000)).ToArray();
                        if (random.Next(3) == 0)
                            block = InputMutator.Mutate(block, random.Next(), BlockDecoder.MaxBlock);
                        int limit = random.Next(Limit);
                        Assert.InRange(decoder.Decode(block, limit).Length, 1, limit);
                    }
                }
                catch (ProtocolException fault)
                {
                    Assert.Equal(AlertCode.ProtocolError, fault.Code);
                }
            }).Check(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Noise_does_no_harm(byte method)
    {
        System.Random random = new(7);
        for (int i = 0; i < 5_000; i++)
        {
            using BlockDecoder decoder = CompressionMethods.Decoder((CompressionMethod)method);
            byte[] noise = Samples.Noise(random.Next(1, 60), i);
            byte[] block = method == (byte)CompressionMethod.Zlib
                ? [0x78, 1, (byte)(noise[0] & 0xFE), .. noise[1..]]
                : [(byte)(4 | noise.Length << 3), (byte)(noise.Length >> 5), 0, .. noise];
            try
            {
                Assert.InRange(decoder.Decode(block, Limit).Length, 1, Limit);
            }
            catch (ProtocolException)
            {
                continue;
            }
        }
    }

    private static void Refuses(BlockDecoder decoder, byte[] block, int limit, string reason)
    {
        try
        {
            int length = decoder.Decode(block, limit).Length;
            Assert.Fail($"{reason}: gave {length} bytes");
        }
        catch (ProtocolException fault)
        {
            Assert.Equal(AlertCode.ProtocolError, fault.Code);
            Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
        }
    }
}
