using System.Runtime.CompilerServices;

namespace Qssh.Crypto.Signatures.MlDsa;

/// <summary>
/// Arithmetic modulo q on signed 32-bit representatives. Nothing here branches, indexes or divides by a value.
/// </summary>
internal static class MlDsaField
{
    public const int Q = MlDsaParameters.Q;

    /// <summary>q^-1 mod 2^32 (FIPS 204, algorithm 49).</summary>
    public const int QInverse = 58728449;

    /// <summary>
    /// Algorithm 49: a 2^-32 mod q. For |a| &lt; 2^31 q the result is below q in absolute value, more exactly at most |a| / 2^32 + q / 2.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int MontgomeryReduce(long a)
    {
        int t = unchecked((int)a * QInverse);
        return (int)((a - ((long)t * Q)) >> 32);
    }

    /// <summary>
    /// A representative near zero. With a = 2^23 t + s, -2^22 &lt;= s &lt; 2^22, the result is s + 8191 t, because 2^23 - q = 8191. For
    /// |a| &lt;= 2q it is at most 2^22 + 2 · 8191 = 4210686 in absolute value, so a value whose centred form is below q - 4210686 =
    /// 4169731 comes out centred, and a greater one stays at or above that.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Reduce(int a) => a - (((a + (1 << 22)) >> 23) * Q);

    /// <summary>From (-q, q) to [0, q).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ToCanonical(int a) => a + ((a >> 31) & Q);

    /// <summary>m mod± q of section 2.3 for m in [0, q).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ToCentred(int m) => m - ((((Q - 1) / 2) - m >> 31) & Q);
}
