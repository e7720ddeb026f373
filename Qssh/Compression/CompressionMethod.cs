namespace Qssh.Compression;

/// <summary>How channel data may be packed (docs/protocol.md, section 17).</summary>
internal enum CompressionMethod : byte
{
    None = 0,

    /// <summary>One zlib stream per direction (RFC 1950, 1951).</summary>
    Zlib = 1,

    /// <summary>Blocks of one Zstandard frame per direction (RFC 8878).</summary>
    Zstd = 2,
}
