using System.Buffers.Binary;

namespace Qssh.Crypto.Kem;

/// <summary>
/// ByteEncode_d and ByteDecode_d of FIPS 203, section 4.2.1, d from 1 to 12, together with the compression that always goes with
/// them for d below 12. Time depends on d only.
/// </summary>
internal static class ByteCoding
{
    /// <summary>Algorithm 5, ByteEncode_12, of coefficients in [0, q).</summary>
    public static void ByteEncode12(ReadOnlySpan<short> f, Span<byte> bytes)
    {
        for (int i = 0, j = 0; i < f.Length; i += 2, j += 3)
        {
            int pair = (ushort)f[i] | (f[i + 1] << 12);
            bytes[j + 2] = (byte)(pair >> 16);
            bytes[j + 1] = (byte)(pair >> 8);
            bytes[j] = (byte)pair;
        }
    }

    /// <summary>Algorithm 6, ByteDecode_12.</summary>
    /// <returns>False if a value is not below q: the modulus check of section 7.2 without the second encoding.</returns>
    public static bool TryByteDecode12(ReadOnlySpan<byte> bytes, Span<short> f)
    {
        int inRange = -1;
        for (int i = 0, j = 0; i < f.Length; i += 2, j += 3)
        {
            int pair = bytes[j] | (bytes[j + 1] << 8) | (bytes[j + 2] << 16);
            int even = pair & 0xFFF, odd = pair >> 12;
            inRange &= (even - Zq.Q) & (odd - Zq.Q);
            f[i] = (short)even;
            f[i + 1] = (short)odd;
        }

        return inRange < 0;
    }

    /// <summary>ByteEncode_d(Compress_d(f)) for any 16-bit coefficients.</summary>
    public static void CompressAndEncode(ReadOnlySpan<short> f, int d, Span<byte> bytes)
    {
        ulong buffer = 0;
        int bits = 0;
        foreach (short coefficient in f)
        {
            buffer |= (ulong)Zq.Compress(Zq.Canonical(coefficient), d) << bits;
            bits += d;
            if (bits < 32)
                continue;
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)buffer);
            bytes = bytes[4..];
            buffer >>= 32;
            bits -= 32;
        }
    }

    /// <summary>Decompress_d(ByteDecode_d(bytes)).</summary>
    public static void DecodeAndDecompress(ReadOnlySpan<byte> bytes, int d, Span<short> f)
    {
        ulong buffer = 0;
        int bits = 0;
        uint mask = (1u << d) - 1;
        foreach (ref short coefficient in f)
        {
            if (bits < d)
            {
                buffer |= (ulong)BinaryPrimitives.ReadUInt32LittleEndian(bytes) << bits;
                bytes = bytes[4..];
                bits += 32;
            }

            coefficient = Zq.Decompress((uint)buffer & mask, d);
            buffer >>= d;
            bits -= d;
        }
    }
}
