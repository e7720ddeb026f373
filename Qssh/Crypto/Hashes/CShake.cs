using System.Buffers.Binary;

namespace Qssh.Crypto.Hashes;

/// <summary>cSHAKE128 and cSHAKE256 (SP 800-185, section 3) as sponges to absorb into, and the string encodings of section 2.3.</summary>
internal static class CShake
{
    /// <param name="functionName">The string N, reserved to NIST.</param>
    /// <param name="customization">The string S.</param>
    public static Keccak Start128(ReadOnlySpan<byte> functionName, ReadOnlySpan<byte> customization) =>
        functionName.IsEmpty && customization.IsEmpty ? Keccak.Shake128() : Prefixed(Keccak.CShake128(), functionName, customization);

    /// <param name="functionName">The string N, reserved to NIST.</param>
    /// <param name="customization">The string S.</param>
    public static Keccak Start256(ReadOnlySpan<byte> functionName, ReadOnlySpan<byte> customization) =>
        functionName.IsEmpty && customization.IsEmpty ? Keccak.Shake256() : Prefixed(Keccak.CShake256(), functionName, customization);

    /// <summary>bytepad(…, rate) up to the strings: left_encode of the rate, which is one byte.</summary>
    internal static void AbsorbRate(ref Keccak sponge) => sponge.Absorb([1, (byte)sponge.Rate]);

    /// <summary>encode_string: left_encode of the length in bits, then the bytes.</summary>
    internal static void AbsorbString(ref Keccak sponge, ReadOnlySpan<byte> value)
    {
        Span<byte> buffer = stackalloc byte[9];
        BinaryPrimitives.WriteUInt64BigEndian(buffer[1..], (ulong)value.Length * 8);
        int first = FirstSignificant(buffer[1..]);
        buffer[first] = (byte)(8 - first);
        sponge.Absorb(buffer[first..]);
        sponge.Absorb(value);
    }

    internal static void AbsorbRightEncode(ref Keccak sponge, ulong value)
    {
        Span<byte> buffer = stackalloc byte[9];
        BinaryPrimitives.WriteUInt64BigEndian(buffer, value);
        int first = FirstSignificant(buffer[..8]);
        buffer[8] = (byte)(8 - first);
        sponge.Absorb(buffer[first..]);
    }

    private static Keccak Prefixed(Keccak sponge, ReadOnlySpan<byte> functionName, ReadOnlySpan<byte> customization)
    {
        AbsorbRate(ref sponge);
        AbsorbString(ref sponge, functionName);
        AbsorbString(ref sponge, customization);
        sponge.PadToRate();
        return sponge;
    }

    private static int FirstSignificant(ReadOnlySpan<byte> bigEndian)
    {
        int index = bigEndian.IndexOfAnyExcept((byte)0);
        return index < 0 ? bigEndian.Length - 1 : index;
    }
}
