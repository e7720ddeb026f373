using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Qssh.Secrets;

namespace Qssh.Crypto.Curves;

/// <summary>X25519 (RFC 7748, section 5): no branch, index or division depends on the scalar or on the point.</summary>
internal static class X25519
{
    /// <summary>Size of scalars, u-coordinates and results.</summary>
    public const int Size = 32;

    private const uint A24 = 121665; // (486662 - 2) / 4

    private static ReadOnlySpan<byte> BasePoint =>
    [
        9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ];

    /// <summary>The public u-coordinate of a scalar.</summary>
    public static void PublicKey(ReadOnlySpan<byte> scalar, Span<byte> publicKey) => Agree(scalar, BasePoint, publicKey);

    /// <summary>The shared u-coordinate.</summary>
    /// <returns>False if the result is all zero, that is if the peer sent a point of small order (RFC 7748, section 6.1).</returns>
    public static bool Agree(ReadOnlySpan<byte> scalar, ReadOnlySpan<byte> publicKey, Span<byte> shared)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(scalar.Length, Size);
        ArgumentOutOfRangeException.ThrowIfNotEqual(publicKey.Length, Size);
        ArgumentOutOfRangeException.ThrowIfNotEqual(shared.Length, Size);
        if (Bmi2.X64.IsSupported)
            Multiply<Bmi2Product>(scalar, publicKey, shared);
        else
            Multiply<PortableProduct>(scalar, publicKey, shared);

        int bits = 0;
        foreach (byte b in shared)
            bits |= b;
        return bits != 0;
    }

    /// <summary>The core with a given way to multiply words; for <see cref="Agree"/> and for tests of each way.</summary>
    internal static void Multiply<T>(ReadOnlySpan<byte> scalar, ReadOnlySpan<byte> publicKey, Span<byte> shared)
        where T : struct, IWideProduct
    {
        Span<byte> clamped = stackalloc byte[Size];
        scalar.CopyTo(clamped);
        clamped[0] &= 0xF8;
        clamped[31] = (byte)((clamped[31] & 0x7F) | 0x40);
        Ladder ladder = new(Field25519.Decode(publicKey));
        try
        {
            ladder.Run<T>(clamped);
            ladder.Finish<T>(shared);
        }
        finally
        {
            ConstantTime.Wipe(clamped);
            ConstantTime.Wipe(MemoryMarshal.AsBytes(new Span<Ladder>(ref ladder)));
        }
    }

    /// <summary>All values of the Montgomery ladder in one place, named as in RFC 7748, so that they can be wiped.</summary>
    private struct Ladder(Field25519 u)
    {
        private Field25519 _x1 = u;
        private Field25519 _x2 = Field25519.One;
        private Field25519 _z2;
        private Field25519 _x3 = u;
        private Field25519 _z3 = Field25519.One;
        private Field25519 _a;
        private Field25519 _aa;
        private Field25519 _b;
        private Field25519 _bb;
        private Field25519 _c;
        private Field25519 _d;
        private Field25519 _e;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<T>(ReadOnlySpan<byte> clamped)
            where T : struct, IWideProduct
        {
            ulong swap = 0;
            for (int t = 254; t >= 0; t--)
            {
                ulong bit = (ulong)(clamped[t >> 3] >> (t & 7)) & 1;
                swap ^= bit;
                Field25519.ConditionalSwap(swap, ref _x2, ref _x3);
                Field25519.ConditionalSwap(swap, ref _z2, ref _z3);
                swap = bit;
                Step<T>();
            }

            Field25519.ConditionalSwap(swap, ref _x2, ref _x3);
            Field25519.ConditionalSwap(swap, ref _z2, ref _z3);
        }

        /// <summary>x2 / z2, encoded. 1 / z2 is z2^(p - 2), which is 0 for 0.</summary>
        public void Finish<T>(Span<byte> result)
            where T : struct, IWideProduct
        {
            Invert<T>();
            Field25519.Multiply<T>(out _x2, _x2, _z2);
            _x2.Encode(result);
        }

        private void Step<T>()
            where T : struct, IWideProduct
        {
            Field25519.Add(out _a, _x2, _z2);
            Field25519.Subtract(out _b, _x2, _z2);
            Field25519.Add(out _c, _x3, _z3);
            Field25519.Subtract(out _d, _x3, _z3);
            Field25519.Multiply<T>(out _d, _d, _a);
            Field25519.Multiply<T>(out _c, _c, _b);
            Field25519.Square<T>(out _aa, _a);
            Field25519.Square<T>(out _bb, _b);
            Field25519.Add(out _x3, _d, _c);
            Field25519.Subtract(out _z3, _d, _c);
            Field25519.Square<T>(out _x3, _x3);
            Field25519.Square<T>(out _z3, _z3);
            Field25519.Multiply<T>(out _z3, _z3, _x1);
            Field25519.Multiply<T>(out _x2, _aa, _bb);
            Field25519.Subtract(out _e, _aa, _bb);
            Field25519.MultiplySmall<T>(out _z2, _e, A24);
            Field25519.Add(out _z2, _z2, _aa);
            Field25519.Multiply<T>(out _z2, _e, _z2);
        }

        /// <summary>z2 := z2^(2^255 - 21). Comments give the exponent reached.</summary>
        private void Invert<T>()
            where T : struct, IWideProduct
        {
            _a = _z2;
            Power<T>(out _b, _a, 1); // 2
            Power<T>(out _c, _b, 2); // 8
            Field25519.Multiply<T>(out _c, _c, _a); // 9
            Field25519.Multiply<T>(out _d, _c, _b); // 11
            Power<T>(out _e, _d, 1); // 22
            Field25519.Multiply<T>(out _a, _e, _c); // 2^5 - 1
            Extend<T>(out _b, _a, _a, 5); // 2^10 - 1
            Extend<T>(out _c, _b, _b, 10); // 2^20 - 1
            Extend<T>(out _e, _c, _c, 20); // 2^40 - 1
            Extend<T>(out _b, _e, _b, 10); // 2^50 - 1
            Extend<T>(out _c, _b, _b, 50); // 2^100 - 1
            Extend<T>(out _e, _c, _c, 100); // 2^200 - 1
            Extend<T>(out _b, _e, _b, 50); // 2^250 - 1
            Extend<T>(out _z2, _b, _d, 5); // 2^255 - 32 + 11
        }

        /// <summary>x^(2^count) * y.</summary>
        private static void Extend<T>(out Field25519 result, Field25519 x, Field25519 y, int count)
            where T : struct, IWideProduct
        {
            Power<T>(out result, x, count);
            Field25519.Multiply<T>(out result, result, y);
        }

        private static void Power<T>(out Field25519 result, Field25519 x, int count)
            where T : struct, IWideProduct
        {
            Field25519.Square<T>(out result, x);
            for (int i = 1; i < count; i++)
                Field25519.Square<T>(out result, result);
        }
    }
}
