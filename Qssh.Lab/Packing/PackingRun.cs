using System.Globalization;
using Qssh.Compression;
using Qssh.Lab.Speed;

namespace Qssh.Lab.Packing;

/// <summary>What compression does with files: their size, and MB of plain text in a second of CPU time; a line for each method and file.</summary>
internal static class PackingRun
{
    private const double Seconds = 0.5;

    public static int Run(ReadOnlySpan<string> files)
    {
        foreach (string file in files)
        {
            byte[] data = File.ReadAllBytes(file);
            foreach (byte method in CompressionMethods.Offered)
                Measure(file, data, (CompressionMethod)method);
        }

        return 0;
    }

    private static void Measure(string file, byte[] data, CompressionMethod method)
    {
        List<byte[]> blocks = Pack(data, method);
        double packing = Stopclock.Median(Seconds, () => Pack(data, method)), unpacking = Stopclock.Median(Seconds, () => Unpack(blocks, method));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{CompressionMethods.NameOf(method)} {file} {data.Length} -> {blocks.Sum(block => block.Length)}; packs {data.Length / packing:F0} MB/s, unpacks {data.Length / unpacking:F0} MB/s"));
    }

    private static List<byte[]> Pack(byte[] data, CompressionMethod method)
    {
        using BlockEncoder encoder = CompressionMethods.Encoder(method);
        List<byte[]> blocks = [];
        for (int at = 0; at < data.Length; at += BlockDecoder.MaxOutput)
            blocks.Add(encoder.Encode(data.AsSpan(at, Math.Min(BlockDecoder.MaxOutput, data.Length - at))).ToArray());
        return blocks;
    }

    private static void Unpack(List<byte[]> blocks, CompressionMethod method)
    {
        using BlockDecoder decoder = CompressionMethods.Decoder(method);
        foreach (byte[] block in blocks)
            decoder.Decode(block, BlockDecoder.MaxOutput);
    }
}
