using System.Runtime.CompilerServices;

namespace Qssh.Crypto.Kem;

/// <summary>
/// Integers modulo q = 3329 in 16 bits, signed. R = 2^16. Nothing here divides or branches: quotients come from multiplication
/// (FIPS 203, section 3.3, forbids floating point; division of a secret leaks it through time on many processors).
/// </summary>
internal static class Zq
{
    public const int Q = MlKemParameters.Q;

    /// <summary>1/q modulo R, centred.</summary>
    public const short QInverse = -3327;

    /// <summary>round(2^26 / q), for <see cref="BarrettReduce"/>.</summary>
    public const short BarrettFactor = 20159;
    public const int BarrettShift = 26;

    /// <summary>R^2 mod q, centred: a Montgomery product with it multiplies by R.</summary>
    public const short RSquared = 1353;

    /// <summary>R^2 / 128 mod q: a Montgomery product with it multiplies by R / 128.</summary>
    public const short RSquaredBy128 = 1441;

    private const int CompressShift = 36;
    private const ulong CompressFactor = 20642679; // ceil(2^36 / q)

    /// <summary>a / R mod q for |a| at most 2^15 q; the result is below q in magnitude, and below |a| / R + q / 2 + 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static short MontgomeryReduce(int a)
    {
        short t = (short)(a * QInverse);
        return (short)((a - (t * Q)) >> 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static short MontgomeryMultiply(short a, short b) => MontgomeryReduce(a * b);

    /// <summary>
    /// The representative in [0, q] (q for negative multiples of q) of any 16-bit a: the factor exceeds 2^26 / q by 0.135, which
    /// times 2^15 / 2^26 is less than 1 / q, so that the floor can be wrong only where a / q is a whole number below 0.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static short BarrettReduce(short a) => (short)(a - (((a * BarrettFactor) >> BarrettShift) * Q));

    /// <summary>The representative in [0, q).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ushort Canonical(short a)
    {
        int r = BarrettReduce(a) - Q;
        return (ushort)(r + ((r >> 31) & Q));
    }

    /// <summary>
    /// Compress_d (equation 4.7) for x in [0, q) and d up to 11: floor((2^d x + 1664) / q), since q is odd. The numerator n is
    /// below 2^23, the factor exceeds 2^36 / q by less than 1, so the quotient is off by less than 2^-13 &lt; 1 / q: exact.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Compress(uint x, int d) => (uint)((((x << d) + (Q / 2)) * CompressFactor) >> CompressShift) & ((1u << d) - 1);

    /// <summary>Decompress_d (equation 4.8): round(q y / 2^d).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static short Decompress(uint y, int d) => (short)(((y * Q) + (1u << (d - 1))) >> d);
}
