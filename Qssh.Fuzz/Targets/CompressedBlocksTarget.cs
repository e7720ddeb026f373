using Qssh.Compression;

namespace Qssh.Fuzz.Targets;

/// <summary>
/// The blocks that a peer sends on one channel, in the order in which they come: <c>limit u16, (length u16, block)…</c>. Whatever comes out is
/// packed again by our own encoder and has to come out once more.
/// </summary>
internal sealed class CompressedBlocksTarget(CompressionMethod method) : IFuzzTarget
{
    private const int MaxBlocks = 16;

    public string Name => CompressionMethods.NameOf(method) + "-blocks";

    public void Run(ReadOnlySpan<byte> input)
    {
        if (input.Length < 2)
            return;
        int limit = input[0] << 8 | input[1];
        input = input[2..];
        using BlockDecoder decoder = CompressionMethods.Decoder(method);
        using BlockDecoder second = CompressionMethods.Decoder(method);
        using BlockEncoder encoder = CompressionMethods.Encoder(method);
        for (int i = 0; i < MaxBlocks && input.Length >= 2; i++)
        {
            int length = Math.Min(input[0] << 8 | input[1], input.Length - 2);
            ReadOnlySpan<byte> data = decoder.Decode(input.Slice(2, length), limit);
            FuzzException.ThrowIf(data.Length == 0 || data.Length > Math.Min(limit, BlockDecoder.MaxOutput), "more than the limit, or nothing");
            FuzzException.ThrowIf(!data.SequenceEqual(second.Decode(encoder.Encode(data), data.Length)), "packed and unpacked to something else");
            input = input[(2 + length)..];
        }
    }
}
