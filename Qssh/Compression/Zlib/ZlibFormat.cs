namespace Qssh.Compression.Zlib;

/// <summary>Numbers of RFC 1950 and 1951.</summary>
internal static class ZlibFormat
{
    /// <summary>RFC 1950, section 2.2: deflate with a window of 32 KiB, no dictionary, quick; a multiple of 31.</summary>
    public const byte Method = 0x78, Flags = 0x01;

    public const int HeaderSize = 2;
    public const int Window = 1 << 15;

    /// <summary>RFC 1951, section 3.2.7.</summary>
    public const int MaxCodeBits = 15, MaxLengthCodeBits = 7;

    public const int LiteralSymbols = 288, DistanceSymbols = 32, LengthCodes = 19;

    /// <summary>Symbols of these alphabets that mean something.</summary>
    public const int MaxLiteralSymbols = 286, MaxDistanceSymbols = 30;

    public const int EndOfBlock = 256;
    public const int FirstLength = 257;
    public const int MinMatch = 3, MaxMatch = 258;

    /// <summary>Section 3.2.7: the order in which lengths of the code length code are written.</summary>
    public static ReadOnlySpan<byte> LengthOrder => [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    /// <summary>Section 3.2.5.</summary>
    public static ReadOnlySpan<ushort> LengthBase => [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];

    public static ReadOnlySpan<byte> LengthBits => [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];

    public static ReadOnlySpan<ushort> DistanceBase =>
        [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577];

    /// <summary>Section 3.2.6.</summary>
    public static void FixedLengths(Span<byte> literals, Span<byte> distances)
    {
        literals[..144].Fill(8);
        literals[144..256].Fill(9);
        literals[256..280].Fill(7);
        literals[280..].Fill(8);
        distances.Fill(5);
    }

    public static int DistanceBits(int symbol) => Math.Max(0, (symbol >> 1) - 1);
}

/// <summary>BTYPE, RFC 1951, section 3.2.3.</summary>
internal enum ZlibBlockType : byte
{
    Stored = 0,
    Fixed = 1,
    Dynamic = 2,
}
