using System.Buffers.Binary;

namespace Qssh.Crypto.Signatures.MlDsa;

/// <summary>
/// Bit packing of FIPS 204, section 7.1: coefficient after coefficient, least significant bit first. A polynomial of 256 coefficients
/// of any width is a whole number of 32-bit words, so that bytes are only touched in words.
/// </summary>
internal static class MlDsaPacking
{
    private const int WordBits = 32;

    /// <summary>Algorithm 16 for coefficients in [0, 2^bits).</summary>
    public static void SimpleBitPack(ReadOnlySpan<int> w, int bits, Span<byte> packed) => Pack(w, bits, 1, 0, packed);

    /// <summary>Algorithm 17: packs b - w for coefficients in [-a, b], bits = bitlen(a + b).</summary>
    public static void BitPack(ReadOnlySpan<int> w, int b, int bits, Span<byte> packed) => Pack(w, bits, -1, b, packed);

    /// <summary>Algorithm 18 with b = 2^bits - 1.</summary>
    public static void SimpleBitUnpack(ReadOnlySpan<byte> packed, int bits, Span<int> w) => Unpack(packed, bits, 1, 0, w);

    /// <summary>Algorithm 19. Where a + b + 1 is no power of two, values below -a come out too: the caller checks.</summary>
    public static void BitUnpack(ReadOnlySpan<byte> packed, int b, int bits, Span<int> w) => Unpack(packed, bits, -1, b, w);

    private static void Pack(ReadOnlySpan<int> w, int bits, int sign, int offset, Span<byte> packed)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(packed.Length, MlDsaParameters.PackedSize(bits));
        ulong pending = 0;
        int count = 0;
        int position = 0;
        foreach (int coefficient in w)
        {
            pending |= (ulong)(uint)(offset + (sign * coefficient)) << count;
            count += bits;
            if (count < WordBits)
                continue;
            BinaryPrimitives.WriteUInt32LittleEndian(packed[position..], (uint)pending);
            position += sizeof(uint);
            pending >>= WordBits;
            count -= WordBits;
        }
    }

    private static void Unpack(ReadOnlySpan<byte> packed, int bits, int sign, int offset, Span<int> w)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(packed.Length, MlDsaParameters.PackedSize(bits));
        uint mask = (1u << bits) - 1;
        ulong pending = 0;
        int count = 0;
        int position = 0;
        for (int i = 0; i < w.Length; i++)
        {
            if (count < bits)
            {
                pending |= (ulong)BinaryPrimitives.ReadUInt32LittleEndian(packed[position..]) << count;
                position += sizeof(uint);
                count += WordBits;
            }

            w[i] = offset + (sign * (int)((uint)pending & mask));
            pending >>= bits;
            count -= bits;
        }
    }
}
