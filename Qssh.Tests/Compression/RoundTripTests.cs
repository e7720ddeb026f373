using FsCheck;
using FsCheck.Fluent;
using Qssh.Compression;
using Qssh.Tests.Support;

namespace Qssh.Tests.Compression;

/// <summary>What is packed comes out again, however it is cut.</summary>
public sealed class RoundTripTests
{
    public static TheoryData<byte> Methods => [.. CompressionMethods.Offered.ToArray()];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Every_kind_of_data_comes_out_as_it_went_in(byte method)
    {
        foreach (byte[] data in Samples.All(600_000))
        {
            foreach (int size in (int[])[BlockDecoder.MaxOutput, 10_007, 700])
                Pass(method, data.AsSpan(0, size == 700 ? 50_000 : data.Length), () => size);
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Any_cut_gives_the_same(byte method)
    {
        Prop.ForAll(
            ArbMap.Default.GeneratorFor<int>().Select(seed => new System.Random(seed)).ToArbitrary(),
            random =>
            {
                int kind = random.Next(6), length = random.Next(1, 300_000), most = random.Next(1, BlockDecoder.MaxOutput + 1);
                Pass(method, Samples.All(length).ElementAt(kind), () => random.Next(1, most + 1));
            }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Short_and_odd_pieces_come_out(byte method)
    {
        Prop.ForAll(
            ArbMap.Default.GeneratorFor<byte[]>().Where(bytes => bytes.Length > 0).ListOf().Select(list => list.ToArray()).ToArbitrary(),
            pieces =>
            {
                using BlockEncoder encoder = CompressionMethods.Encoder((CompressionMethod)method);
                using BlockDecoder decoder = CompressionMethods.Decoder((CompressionMethod)method);
                foreach (byte[] piece in pieces)
                    Assert.Equal(piece, decoder.Decode(encoder.Encode(piece), piece.Length));
            }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Text_shrinks_and_noise_hardly_grows(byte method)
    {
        byte[] text = Samples.Text(400_000), noise = Samples.Noise(400_000);
        Assert.InRange(Pass(method, text, () => BlockDecoder.MaxOutput), 1, text.Length / 3);
        Assert.InRange(Pass(method, noise, () => BlockDecoder.MaxOutput), noise.Length, noise.Length + 300);
        Assert.InRange(Pass(method, new byte[400_000], () => BlockDecoder.MaxOutput), 1, 2_000);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Nothing_is_allocated_block_by_block(byte method)
    {
        byte[] text = Samples.Text(BlockDecoder.MaxOutput);
        using BlockEncoder encoder = CompressionMethods.Encoder((CompressionMethod)method);
        using BlockDecoder decoder = CompressionMethods.Decoder((CompressionMethod)method);
        // Until both have begun again at the start of their memory.
        for (int i = 0; i < 12; i++)
            decoder.Decode(encoder.Encode(text), text.Length);
        long allocated = Allocation.Of(() =>
        {
            for (int i = 0; i < 200; i++)
                decoder.Decode(encoder.Encode(text), text.Length);
        });
        Assert.Equal(0, allocated);
    }

    /// <returns>Bytes of all blocks.</returns>
    private static int Pass(byte method, ReadOnlySpan<byte> data, Func<int> size)
    {
        using BlockEncoder encoder = CompressionMethods.Encoder((CompressionMethod)method);
        using BlockDecoder decoder = CompressionMethods.Decoder((CompressionMethod)method);
        int packed = 0;
        while (!data.IsEmpty)
        {
            ReadOnlySpan<byte> piece = data[..Math.Min(size(), data.Length)];
            ReadOnlySpan<byte> block = encoder.Encode(piece);
            Assert.InRange(block.Length, 1, Math.Min(BlockDecoder.MaxBlock, piece.Length + 16));
            packed += block.Length;
            Assert.True(piece.SequenceEqual(decoder.Decode(block, piece.Length)), $"{piece.Length} bytes of method {method} came out otherwise");
            data = data[piece.Length..];
        }

        return packed;
    }
}
