using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Qssh.Crypto.Aead;

/// <summary>
/// A sum of products block * H^k, reduced once at its end (Gueron and Kounavis, "Carry-less multiplication and its usage for computing the
/// GCM mode", 2010). Bit order and the division of the keys by x are those of <see cref="PortableGhash"/>.
/// </summary>
internal unsafe struct HardwareGhash<TCpu>
    where TCpu : struct, IAesGcmCpu
{
    /// <summary>Powers of H kept, so blocks in one sum.</summary>
    public const int Powers = 8;

    /// <summary>The powers from the highest down, then for each the sum of its halves.</summary>
    public const int KeySize = 2 * Powers * BlockSize;

    /// <summary>Where the key lies behind the round keys, on an aligned address.</summary>
    public const int KeyOffset = 256;

    private const int BlockSize = AesKeyExpansion.BlockSize;

    private Vector128<ulong> _low;
    private Vector128<ulong> _middle;
    private Vector128<ulong> _high;

    private static Vector128<byte> ByteOrder => Vector128.Create((byte)15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);

    // 1/x without its constant term, in the upper half of a word: the low half of the reduction polynomial.
    private static Vector128<ulong> Polynomial => Vector128.Create(0xC200000000000000, 0);

    /// <param name="roundKeys">The start of the key material.</param>
    public static byte* Key(byte* roundKeys) => roundKeys + KeyOffset;

    /// <param name="h">The encryption of the zero block.</param>
    public static void PrepareKey(Vector128<byte> h, byte* hashKey)
    {
        Vector128<ulong> power = ReverseBytes(h);
        for (int i = Powers - 1; i >= 0; i--)
        {
            Vector128<ulong> key = DivideByX(power);
            byte* target = hashKey + (i * BlockSize);
            key.StoreAligned((ulong*)target);
            (key ^ TCpu.SwapHalves(key)).StoreAligned((ulong*)(target + (Powers * BlockSize)));

            HardwareGhash<TCpu> product = default;
            product.Add(power, hashKey, Powers - 1);
            power = product.Reduce();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> Load(byte* block) => ReverseBytes(Vector128.Load(block));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> ReverseBytes(Vector128<byte> block) => TCpu.Permute(block, ByteOrder).AsUInt64();

    /// <param name="index">Place in <paramref name="hashKey"/>: the power is 8 - index.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Vector128<ulong> block, byte* hashKey, int index)
    {
        Vector128<ulong> key = Vector128.LoadAligned((ulong*)(hashKey + (index * BlockSize)));
        _low ^= TCpu.MultiplyLower(block, key);
        _high ^= TCpu.MultiplyUpper(block, key);
        Vector128<ulong> keySum = Vector128.LoadAligned((ulong*)(hashKey + ((index + Powers) * BlockSize)));
        _middle ^= TCpu.MultiplyLower(block ^ TCpu.SwapHalves(block), keySum);
    }

    /// <summary>The sum modulo x^128 + x^7 + x^2 + x + 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly Vector128<ulong> Reduce()
    {
        Vector128<ulong> middle = _middle ^ _low ^ _high;
        Vector128<ulong> low = _low ^ TCpu.LowerToUpper(middle);
        Vector128<ulong> high = _high ^ TCpu.UpperToLower(middle);
        Vector128<ulong> folded = TCpu.SwapHalves(low) ^ TCpu.MultiplyLower(low, Polynomial);
        return high ^ TCpu.SwapHalves(folded) ^ TCpu.MultiplyLower(folded, Polynomial);
    }

    private static Vector128<ulong> DivideByX(Vector128<ulong> value)
    {
        ulong high = value[1], low = value[0];
        PortableGhash.DivideByX(ref high, ref low);
        return Vector128.Create(low, high);
    }
}
