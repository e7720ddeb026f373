namespace Qssh.Compression.Zstd;

/// <summary>Numbers of RFC 8878.</summary>
internal static class ZstdFormat
{
    /// <summary>Window_Size (section 3.1.1.1.2): how far a match may reach back. A frame with these blocks says 38 there.</summary>
    public const int Window = 1 << 17;

    /// <summary>Section 3.1.1.2.</summary>
    public const int BlockHeaderSize = 3;

    /// <summary>Section 4.2.1.</summary>
    public const int MaxHuffmanBits = 11;

    /// <summary>Section 4.2.1.2: accuracy of the table of the weights.</summary>
    public const int MaxWeightAccuracy = 6;

    public const int MinAccuracy = 5;

    /// <summary>Section 3.1.1.3.2.1.2.</summary>
    public const int MaxLiteralCode = 35, MaxMatchCode = 52;

    /// <summary>The largest code of an offset within the window: 2^17 and up are offsets from 131,069 on.</summary>
    public const int MaxOffsetCode = 17;

    public const int LiteralAccuracy = 9, OffsetAccuracy = 8, MatchAccuracy = 9;

    /// <summary>Section 3.1.1.3.2.2: the default distributions; 255 is a probability less than one.</summary>
    public static ReadOnlySpan<byte> DefaultLiterals =>
    [
        4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1, 255, 255, 255, 255,
    ];

    public static ReadOnlySpan<byte> DefaultMatches =>
    [
        1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        255, 255, 255, 255, 255, 255, 255,
    ];

    public static ReadOnlySpan<byte> DefaultOffsets => [1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 255, 255, 255, 255, 255];

    public const int DefaultLiteralAccuracy = 6, DefaultMatchAccuracy = 6, DefaultOffsetAccuracy = 5;

    /// <summary>Tables of section 3.1.1.3.2.1.1: the first value of each code and how many more bits it has.</summary>
    public static ReadOnlySpan<int> LiteralBase =>
    [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 20, 22, 24, 28, 32, 40, 48, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768,
        65536,
    ];

    public static ReadOnlySpan<byte> LiteralBits =>
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];

    public static ReadOnlySpan<int> MatchBase =>
    [
        3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 37, 39, 41, 43, 47,
        51, 59, 67, 83, 99, 131, 259, 515, 1027, 2051, 4099, 8195, 16387, 32771, 65539,
    ];

    public static ReadOnlySpan<byte> MatchBits =>
    [
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11,
        12, 13, 14, 15, 16,
    ];
}

/// <summary>Block_Type, section 3.1.1.2.2.</summary>
internal enum ZstdBlockType : byte
{
    Raw = 0,
    Rle = 1,
    Compressed = 2,
}

/// <summary>Literals_Block_Type, section 3.1.1.3.1.1.</summary>
internal enum ZstdLiteralsType : byte
{
    Raw = 0,
    Rle = 1,
    Compressed = 2,
    Treeless = 3,
}

/// <summary>Symbol compression modes, section 3.1.1.3.2.1.</summary>
internal enum ZstdTableMode : byte
{
    Predefined = 0,
    Rle = 1,
    Compressed = 2,
    Repeat = 3,
}
