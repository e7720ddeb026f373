using System.Buffers.Binary;

namespace Qssh.Crypto.Hashes;

/// <summary>KMAC256 (SP 800-185, section 4) with a fixed output length.</summary>
internal static class Kmac256
{
    private const int Rate = 136;

    /// <param name="customization">The string S.</param>
    /// <param name="output">Its length enters the computation: a shorter output is not a prefix of a longer one.</param>
    public static void Compute(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data, ReadOnlySpan<byte> customization, Span<byte> output)
    {
        Keccak sponge = Keccak.CShake256();
        AbsorbEncoded(ref sponge, [1, Rate]);
        AbsorbString(ref sponge, "KMAC"u8);
        AbsorbString(ref sponge, customization);
        sponge.PadToRate();
        AbsorbEncoded(ref sponge, [1, Rate]);
        AbsorbString(ref sponge, key);
        sponge.PadToRate();
        sponge.Absorb(data);
        AbsorbRightEncode(ref sponge, (ulong)output.Length * 8);
        sponge.Squeeze(output);
        sponge.Clear();
    }

    private static void AbsorbEncoded(ref Keccak sponge, ReadOnlySpan<byte> encoded) => sponge.Absorb(encoded);

    /// <summary>encode_string: left_encode of the length in bits, then the bytes.</summary>
    private static void AbsorbString(ref Keccak sponge, ReadOnlySpan<byte> value)
    {
        Span<byte> buffer = stackalloc byte[9];
        BinaryPrimitives.WriteUInt64BigEndian(buffer[1..], (ulong)value.Length * 8);
        int first = FirstSignificant(buffer[1..]);
        buffer[first] = (byte)(8 - first);
        sponge.Absorb(buffer[first..]);
        sponge.Absorb(value);
    }

    private static void AbsorbRightEncode(ref Keccak sponge, ulong value)
    {
        Span<byte> buffer = stackalloc byte[9];
        BinaryPrimitives.WriteUInt64BigEndian(buffer, value);
        int first = FirstSignificant(buffer[..8]);
        buffer[8] = (byte)(8 - first);
        sponge.Absorb(buffer[first..]);
    }

    private static int FirstSignificant(ReadOnlySpan<byte> bigEndian)
    {
        int index = bigEndian.IndexOfAnyExcept((byte)0);
        return index < 0 ? bigEndian.Length - 1 : index;
    }
}
