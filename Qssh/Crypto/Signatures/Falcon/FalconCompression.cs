namespace Qssh.Crypto.Signatures.Falcon;

/// <summary>
/// Section 3.11.2: each coefficient is a sign, seven low bits and the rest in unary. One vector has one encoding only.
/// Signatures are public, so this may branch on them.
/// </summary>
internal static class FalconCompression
{
    private const int LowBits = 7;

    private const int LargestMagnitude = 2047;

    /// <summary>
    /// Whether <see cref="Compress"/> would succeed, without a branch on a coefficient: two vectors of one hash give the key away, so
    /// nothing of one that does not fit may show.
    /// </summary>
    public static bool Fits(ReadOnlySpan<short> s, int size)
    {
        int bits = s.Length * (LowBits + 2);
        int excess = 0;
        foreach (short coefficient in s)
        {
            int sign = coefficient >> 15;
            int magnitude = (coefficient ^ sign) - sign;
            bits += magnitude >> LowBits;
            excess |= LargestMagnitude - magnitude;
        }

        return (excess | ((size * 8) - bits)) >= 0;
    }

    /// <summary>Algorithm 17, Compress.</summary>
    /// <returns>The number of bytes, or 0 when the vector does not fit.</returns>
    public static int Compress(ReadOnlySpan<short> s, Span<byte> output)
    {
        ulong pending = 0;
        int bits = 0;
        int written = 0;
        foreach (short coefficient in s)
        {
            int magnitude = Math.Abs((int)coefficient);
            if (magnitude > LargestMagnitude)
                return 0;
            int unary = magnitude >> LowBits;
            ulong code = ((coefficient < 0 ? 1UL : 0UL) << LowBits) | ((uint)magnitude & ((1u << LowBits) - 1));
            pending = (((pending << (LowBits + 1)) | code) << (unary + 1)) | 1;
            bits += LowBits + unary + 2;
            for (; bits >= 8; bits -= 8)
            {
                if (written == output.Length)
                    return 0;
                output[written++] = (byte)(pending >> (bits - 8));
            }
        }

        if (bits == 0)
            return written;
        if (written == output.Length)
            return 0;
        output[written++] = (byte)(pending << (8 - bits));
        return written;
    }

    /// <summary>Algorithm 18, Decompress: refuses minus zero, magnitudes above 2047 and bits left over in the last byte.</summary>
    /// <returns>The number of bytes taken, or 0 when there is no valid encoding at the start of the input.</returns>
    public static int Decompress(ReadOnlySpan<byte> input, Span<short> s)
    {
        uint pending = 0;
        int bits = 0;
        int read = 0;
        foreach (ref short coefficient in s)
        {
            if (read == input.Length)
                return 0;
            pending = (pending << 8) | input[read++];
            uint code = (pending >> bits) & 0xFF;
            int magnitude = (int)(code & ((1 << LowBits) - 1));
            while (true)
            {
                if (bits == 0)
                {
                    if (read == input.Length)
                        return 0;
                    pending = (pending << 8) | input[read++];
                    bits = 8;
                }

                bits--;
                if (((pending >> bits) & 1) != 0)
                    break;
                magnitude += 1 << LowBits;
                if (magnitude > LargestMagnitude)
                    return 0;
            }

            bool negative = code >> LowBits != 0;
            if (negative && magnitude == 0)
                return 0;
            coefficient = (short)(negative ? -magnitude : magnitude);
        }

        return (pending & ((1u << bits) - 1)) == 0 ? read : 0;
    }
}
