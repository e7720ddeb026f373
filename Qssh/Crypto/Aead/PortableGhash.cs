using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Qssh.Crypto.Aead;

/// <summary>
/// GHASH (SP 800-38D, section 6.4) in constant time. A block is read as a big-endian integer, so bit 127 - i is the coefficient of x^i;
/// the key is kept times 1/x, which makes the product of two such integers come out aligned (Gueron and Kounavis, 2010).
/// </summary>
internal ref struct PortableGhash(ReadOnlySpan<ulong> key)
{
    public const int KeyWords = 6;
    public const int BlockSize = 16;

    // Every fourth bit: sums of up to 15 products then stay inside their four bits.
    private const ulong Holes = 0x1111111111111111;

    private readonly ReadOnlySpan<ulong> _key = key;
    private ulong _high;
    private ulong _low;

    /// <summary>The multiplier for a hash key H: both halves and their sum, each also in reversed bit order.</summary>
    public static void PrepareKey(ReadOnlySpan<byte> h, Span<ulong> key)
    {
        ulong high = BinaryPrimitives.ReadUInt64BigEndian(h);
        ulong low = BinaryPrimitives.ReadUInt64BigEndian(h[8..]);
        DivideByX(ref high, ref low);
        key[0] = high;
        key[1] = low;
        key[2] = high ^ low;
        key[3] = Reverse(high);
        key[4] = Reverse(low);
        key[5] = key[3] ^ key[4];
    }

    /// <summary>Multiplies by 1/x = x^127 + x^6 + x + 1.</summary>
    public static void DivideByX(ref ulong high, ref ulong low)
    {
        ulong carry = 0 - (high >> 63);
        high = (high << 1) | (low >> 63);
        low <<= 1;
        high ^= carry & 0xC200000000000000;
        low ^= carry & 1;
    }

    /// <summary>Takes whole blocks; a last partial block is filled with zeros.</summary>
    public void Update(scoped ReadOnlySpan<byte> data)
    {
        while (data.Length >= BlockSize)
        {
            Multiply(BinaryPrimitives.ReadUInt64BigEndian(data), BinaryPrimitives.ReadUInt64BigEndian(data[8..]));
            data = data[BlockSize..];
        }

        if (data.IsEmpty)
            return;

        Span<byte> padded = stackalloc byte[BlockSize];
        padded.Clear();
        data.CopyTo(padded);
        Multiply(BinaryPrimitives.ReadUInt64BigEndian(padded), BinaryPrimitives.ReadUInt64BigEndian(padded[8..]));
    }

    /// <summary>The last block: the lengths in bits of the associated data and of the ciphertext.</summary>
    public void UpdateLengths(int associatedData, int ciphertext) => Multiply((ulong)associatedData * 8, (ulong)ciphertext * 8);

    public readonly void Write(Span<byte> hash)
    {
        BinaryPrimitives.WriteUInt64BigEndian(hash, _high);
        BinaryPrimitives.WriteUInt64BigEndian(hash[8..], _low);
    }

    /// <summary>Adds one block and multiplies by H: Karatsuba on 64-bit halves, upper words of products through reversed operands.</summary>
    private void Multiply(ulong blockHigh, ulong blockLow)
    {
        ulong high = _high ^ blockHigh;
        ulong low = _low ^ blockLow;
        ulong reversedHigh = Reverse(high);
        ulong reversedLow = Reverse(low);

        ulong top0 = MultiplyLow(high, _key[0]);
        ulong bottom0 = MultiplyLow(low, _key[1]);
        ulong middle0 = MultiplyLow(high ^ low, _key[2]) ^ top0 ^ bottom0;
        ulong top1 = Reverse(MultiplyLow(reversedHigh, _key[3])) >> 1;
        ulong bottom1 = Reverse(MultiplyLow(reversedLow, _key[4])) >> 1;
        ulong middle1 = (Reverse(MultiplyLow(reversedHigh ^ reversedLow, _key[5])) >> 1) ^ top1 ^ bottom1;

        Reduce(top1, top0 ^ middle1, bottom1 ^ middle0, bottom0);
    }

    /// <summary>Folds the powers from x^128 on: x^128 = x^7 + x^2 + x + 1, and multiplying by x shifts right here.</summary>
    private void Reduce(ulong w3, ulong w2, ulong w1, ulong w0)
    {
        w1 ^= (w0 << 63) ^ (w0 << 62) ^ (w0 << 57);
        w2 ^= w0 ^ (w0 >> 1) ^ (w0 >> 2) ^ (w0 >> 7) ^ (w1 << 63) ^ (w1 << 62) ^ (w1 << 57);
        w3 ^= w1 ^ (w1 >> 1) ^ (w1 >> 2) ^ (w1 >> 7);
        _high = w3;
        _low = w2;
    }

    /// <summary>
    /// The low 64 bits of the carry-less product. Only every fourth bit of a factor is used at a time, so the carries of an integer product
    /// collect in the three bits between; a 16th term can only appear at the top, where its carry leaves the word.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong MultiplyLow(ulong x, ulong y)
    {
        ulong x0 = x & Holes, x1 = x & (Holes << 1), x2 = x & (Holes << 2), x3 = x & (Holes << 3);
        ulong y0 = y & Holes, y1 = y & (Holes << 1), y2 = y & (Holes << 2), y3 = y & (Holes << 3);
        ulong z0 = (x0 * y0) ^ (x1 * y3) ^ (x2 * y2) ^ (x3 * y1);
        ulong z1 = (x0 * y1) ^ (x1 * y0) ^ (x2 * y3) ^ (x3 * y2);
        ulong z2 = (x0 * y2) ^ (x1 * y1) ^ (x2 * y0) ^ (x3 * y3);
        ulong z3 = (x0 * y3) ^ (x1 * y2) ^ (x2 * y1) ^ (x3 * y0);
        return (z0 & Holes) | (z1 & (Holes << 1)) | (z2 & (Holes << 2)) | (z3 & (Holes << 3));
    }

    private static ulong Reverse(ulong value)
    {
        value = ((value >> 1) & 0x5555555555555555) | ((value & 0x5555555555555555) << 1);
        value = ((value >> 2) & 0x3333333333333333) | ((value & 0x3333333333333333) << 2);
        value = ((value >> 4) & 0x0F0F0F0F0F0F0F0F) | ((value & 0x0F0F0F0F0F0F0F0F) << 4);
        return BinaryPrimitives.ReverseEndianness(value);
    }
}
