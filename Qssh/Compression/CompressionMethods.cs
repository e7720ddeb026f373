namespace Qssh.Compression;

/// <summary>What this program packs and unpacks, the preferred method first.</summary>
internal static class CompressionMethods
{
    public static ReadOnlySpan<byte> Offered => [(byte)CompressionMethod.Zstd, (byte)CompressionMethod.Zlib];

    /// <summary>The first of ours that the other side offers.</summary>
    public static CompressionMethod Choose(ReadOnlySpan<byte> offered)
    {
        foreach (byte method in Offered)
        {
            if (offered.Contains(method))
                return (CompressionMethod)method;
        }

        return CompressionMethod.None;
    }

    public static string NameOf(CompressionMethod method) => method switch
    {
        CompressionMethod.Zlib => "zlib",
        CompressionMethod.Zstd => "zstd",
        _ => "none",
    };

    public static BlockEncoder Encoder(CompressionMethod method) => method == CompressionMethod.Zstd ? new Zstd.ZstdEncoder() : new Zlib.ZlibEncoder();

    public static BlockDecoder Decoder(CompressionMethod method) => method == CompressionMethod.Zstd ? new Zstd.ZstdDecoder() : new Zlib.ZlibDecoder();
}
