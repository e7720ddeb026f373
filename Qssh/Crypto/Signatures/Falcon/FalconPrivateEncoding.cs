using Qssh.Secrets;

namespace Qssh.Crypto.Signatures.Falcon;

/// <summary>
/// Section 3.11.5: two's complement coefficients of a fixed width, most significant bit first. The most negative value is not used.
/// Straight-line over the secrets. n coefficients are whole bytes.
/// </summary>
internal static class FalconPrivateEncoding
{
    public static void Encode(ReadOnlySpan<sbyte> coefficients, int width, Span<byte> encoded)
    {
        uint mask = (1u << width) - 1;
        uint pending = 0;
        int bits = 0;
        int written = 0;
        foreach (sbyte coefficient in coefficients)
        {
            pending = (pending << width) | ((uint)coefficient & mask);
            bits += width;
            for (; bits >= 8; bits -= 8)
                encoded[written++] = (byte)(pending >> (bits - 8));
        }
    }

    /// <returns>False if the most negative value occurs: value + largest is then -1.</returns>
    public static bool Decode(ReadOnlySpan<byte> encoded, int width, Span<sbyte> coefficients)
    {
        int largest = (1 << (width - 1)) - 1;
        uint pending = 0;
        int bits = 0;
        int count = 0;
        int unused = 0;
        foreach (byte next in encoded)
        {
            pending = (pending << 8) | next;
            bits += 8;
            while (bits >= width)
            {
                bits -= width;
                int value = (int)(pending >> bits << (32 - width)) >> (32 - width);
                unused |= value + largest;
                coefficients[count++] = (sbyte)value;
            }
        }

        return Declassified.Value(unused >= 0); // whether a key is one
    }
}
