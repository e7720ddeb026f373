using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Qssh.Crypto.Aead;

/// <summary>
/// The AES-256 cipher (FIPS 197, section 5.1) on eight blocks at once. The 128 bytes are held as eight planes of 128 bits: byte j of plane i
/// collects bit i of byte j of each block, block b at bit b. Then ShiftRows and the column rotations of MixColumns are byte shuffles.
/// </summary>
internal static class BitslicedAes
{
    public const int Rounds = 14;
    public const int PlaneCount = 8;

    /// <param name="keys">(Rounds + 1) * 8 planes, from <see cref="AesKeyExpansion"/>.</param>
    /// <param name="blocks">Eight blocks in their usual form, replaced by their encryptions.</param>
    public static void Encrypt(ref Vector128<byte> keys, ref Vector128<byte> blocks)
    {
        Transpose(ref blocks);
        AddRoundKey(ref keys, ref blocks);
        for (int round = 1; round < Rounds; round++)
        {
            BitslicedSubBytes.Apply(ref blocks);
            ShiftRowsMixColumns(ref Unsafe.Add(ref keys, round * PlaneCount), ref blocks);
        }

        BitslicedSubBytes.Apply(ref blocks);
        for (int i = 0; i < PlaneCount; i++)
            Unsafe.Add(ref blocks, i) = Vector128.Shuffle(Unsafe.Add(ref blocks, i), Vector128.Create((byte)0, 5, 10, 15, 4, 9, 14, 3, 8, 13, 2, 7, 12, 1, 6, 11));
        AddRoundKey(ref Unsafe.Add(ref keys, Rounds * PlaneCount), ref blocks);
        Transpose(ref blocks);
    }

    /// <summary>Between eight blocks and eight planes: transposes the 8 x 8 bits at each byte position. Its own inverse.</summary>
    public static void Transpose(ref Vector128<byte> planes)
    {
        Vector128<byte> bits = Vector128.Create((byte)0x55);
        for (int i = 0; i < PlaneCount; i += 2)
            SwapMove(ref Unsafe.Add(ref planes, i), ref Unsafe.Add(ref planes, i + 1), bits, 1);

        bits = Vector128.Create((byte)0x33);
        for (int i = 0; i < PlaneCount; i += i % 2 == 0 ? 1 : 3)
            SwapMove(ref Unsafe.Add(ref planes, i), ref Unsafe.Add(ref planes, i + 2), bits, 2);

        bits = Vector128.Create((byte)0x0F);
        for (int i = 0; i < PlaneCount / 2; i++)
            SwapMove(ref Unsafe.Add(ref planes, i), ref Unsafe.Add(ref planes, i + 4), bits, 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SwapMove(ref Vector128<byte> low, ref Vector128<byte> high, Vector128<byte> mask, int shift)
    {
        Vector128<byte> difference = ((low.AsUInt64() >> shift).AsByte() ^ high) & mask;
        high ^= difference;
        low ^= (difference.AsUInt64() << shift).AsByte();
    }

    private static void AddRoundKey(ref Vector128<byte> key, ref Vector128<byte> planes)
    {
        for (int i = 0; i < PlaneCount; i++)
            Unsafe.Add(ref planes, i) ^= Unsafe.Add(ref key, i);
    }

    /// <summary>
    /// ShiftRows, then MixColumns as b = 2(a + next) + next + opposite + next of opposite, then the round key.
    /// Doubling moves plane i to plane i + 1 and plane 7 also into planes 0, 1, 3 and 4 (FIPS 197, section 4.2.1).
    /// </summary>
    private static void ShiftRowsMixColumns(ref Vector128<byte> key, ref Vector128<byte> planes)
    {
        Vector128<byte> doubled7 = Column(Unsafe.Add(ref planes, 7), out Vector128<byte> rest7);
        Vector128<byte> carry = Vector128<byte>.Zero;
        for (int i = 0; i < PlaneCount - 1; i++)
        {
            Vector128<byte> doubled = Column(Unsafe.Add(ref planes, i), out Vector128<byte> rest);
            Vector128<byte> reduction = i is 0 or 1 or 3 or 4 ? doubled7 : Vector128<byte>.Zero;
            Unsafe.Add(ref planes, i) = carry ^ reduction ^ rest ^ Unsafe.Add(ref key, i);
            carry = doubled;
        }

        Unsafe.Add(ref planes, 7) = carry ^ rest7 ^ Unsafe.Add(ref key, 7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Column(Vector128<byte> plane, out Vector128<byte> rest)
    {
        Vector128<byte> shifted = Vector128.Shuffle(plane, Vector128.Create((byte)0, 5, 10, 15, 4, 9, 14, 3, 8, 13, 2, 7, 12, 1, 6, 11));
        Vector128<byte> next = Vector128.Shuffle(shifted, Vector128.Create((byte)1, 2, 3, 0, 5, 6, 7, 4, 9, 10, 11, 8, 13, 14, 15, 12));
        Vector128<byte> sum = shifted ^ next;
        rest = next ^ Vector128.Shuffle(sum, Vector128.Create((byte)2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13));
        return sum;
    }
}
