using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Qssh.Crypto.Passwords;

/// <summary>
/// The compression function G of Argon2 (RFC 9106, sections 3.5 and 3.6): a block of 1 KiB is a matrix of 8 x 8 registers of 16 bytes,
/// one <see cref="Vector128{T}"/> each.
/// </summary>
internal static unsafe class Argon2Block
{
    /// <summary>Bytes of a block.</summary>
    public const int Size = 1024;

    /// <summary>64-bit words of a block.</summary>
    public const int Words = Size / sizeof(ulong);

    private const int Side = 8;
    private const int Registers = Side * Side;

    /// <summary>destination = G(x, y), or from the second pass on destination ^= G(x, y).</summary>
    /// <param name="scratch">A block, overwritten.</param>
    /// <param name="destination">Apart from x and y.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Compress(ReadOnlySpan<ulong> x, ReadOnlySpan<ulong> y, Span<ulong> scratch, Span<ulong> destination, bool xor)
    {
        _ = (x[Words - 1], y[Words - 1], scratch[Words - 1], destination[Words - 1]);
        fixed (ulong* px = x, py = y, pz = scratch, pd = destination)
        {
            Vector128<ulong>* z = (Vector128<ulong>*)pz;
            Vector128<ulong>* result = (Vector128<ulong>*)pd;
            for (int i = 0; i < Registers; i++)
            {
                Vector128<ulong> r = ((Vector128<ulong>*)px)[i] ^ ((Vector128<ulong>*)py)[i];
                z[i] = r;
                result[i] = xor ? result[i] ^ r : r;
            }

            for (int row = 0; row < Side; row++)
                P(z + (row * Side), 1);
            for (int column = 0; column < Side; column++)
                P(z + column, Side);
            for (int i = 0; i < Registers; i++)
                result[i] ^= z[i];
        }
    }

    /// <summary>The permutation P over eight registers: rounds of BLAKE2b without message, with products in the additions.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void P(Vector128<ulong>* s, int stride)
    {
        Vector128<ulong> a0 = s[0], a1 = s[stride], b0 = s[2 * stride], b1 = s[3 * stride];
        Vector128<ulong> c0 = s[4 * stride], c1 = s[5 * stride], d0 = s[6 * stride], d1 = s[7 * stride];
        GB(ref a0, ref b0, ref c0, ref d0);
        GB(ref a1, ref b1, ref c1, ref d1);

        // The diagonals: words 5 6 7 4 of b, 10 11 8 9 of c, 15 12 13 14 of d.
        (b0, b1) = (UpperThenLower(b0, b1), UpperThenLower(b1, b0));
        (c0, c1) = (c1, c0);
        (d0, d1) = (UpperThenLower(d1, d0), UpperThenLower(d0, d1));
        GB(ref a0, ref b0, ref c0, ref d0);
        GB(ref a1, ref b1, ref c1, ref d1);
        (b0, b1) = (UpperThenLower(b1, b0), UpperThenLower(b0, b1));
        (d0, d1) = (UpperThenLower(d0, d1), UpperThenLower(d1, d0));

        (s[0], s[stride], s[2 * stride], s[3 * stride]) = (a0, a1, b0, b1);
        (s[4 * stride], s[5 * stride], s[6 * stride], s[7 * stride]) = (c1, c0, d0, d1);
    }

    /// <summary>GB of section 3.6 on two columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void GB(ref Vector128<ulong> a, ref Vector128<ulong> b, ref Vector128<ulong> c, ref Vector128<ulong> d)
    {
        a = MultiplyAdd(a, b);
        d = Vector128.Shuffle((d ^ a).AsUInt32(), Vector128.Create(1u, 0, 3, 2)).AsUInt64();
        c = MultiplyAdd(c, d);
        b = RotateBytes(b ^ c, Vector128.Create((byte)3, 4, 5, 6, 7, 0, 1, 2, 11, 12, 13, 14, 15, 8, 9, 10));
        a = MultiplyAdd(a, b);
        d = RotateBytes(d ^ a, Vector128.Create((byte)2, 3, 4, 5, 6, 7, 0, 1, 10, 11, 12, 13, 14, 15, 8, 9));
        c = MultiplyAdd(c, d);
        Vector128<ulong> x = b ^ c;
        b = Vector128.ShiftRightLogical(x, 63) | (x + x);
    }

    /// <summary>x + y + 2 * low(x) * low(y).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> MultiplyAdd(Vector128<ulong> x, Vector128<ulong> y)
    {
        Vector128<ulong> product = LowProduct.Multiply(x, y);
        return x + y + (product + product);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> RotateBytes(Vector128<ulong> value, Vector128<byte> order) =>
        Vector128.Shuffle(value.AsByte(), order).AsUInt64();

    /// <summary>The upper word of <paramref name="first"/> below the lower word of <paramref name="second"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> UpperThenLower(Vector128<ulong> first, Vector128<ulong> second)
    {
        if (Ssse3.IsSupported)
            return Ssse3.AlignRight(second.AsByte(), first.AsByte(), sizeof(ulong)).AsUInt64();
        return AdvSimd.IsSupported
            ? AdvSimd.ExtractVector128(first, second, 1)
            : Vector128.Create(first.GetUpper(), second.GetLower());
    }
}
