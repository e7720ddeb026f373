using System.Runtime.CompilerServices;

namespace Qssh.Crypto.Signatures.MlDsa;

/// <summary>
/// Rounding and hints of FIPS 204, section 7.4, one coefficient in [0, q) at a time; the same formulas run on whole polynomials in
/// <see cref="MlDsaPolynomial"/>. Divisions by the public 2 gamma2 are multiplications: with u = (r + gamma2 - 1) >> 9 or >> 11, the
/// quotient by 1023 or 93 is (u 32801) >> 25 or (u 11276) >> 20. The reciprocals are too great by 991 / (1023 · 2^25) and
/// 92 / (93 · 2^20), which changes no quotient for u &lt; 33859 and u &lt; 11397; here u is at most 16879 and 4138.
/// </summary>
internal static class MlDsaRounding
{
    /// <summary>Algorithm 35: r = r1 2^d + r0 with -2^(d-1) &lt; r0 &lt;= 2^(d-1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (int R1, int R0) Power2Round(int r)
    {
        int r1 = (r + (1 << (MlDsaParameters.D - 1)) - 1) >> MlDsaParameters.D;
        return (r1, r - (r1 << MlDsaParameters.D));
    }

    /// <summary>Algorithm 36: r = r1 (2 gamma2) + r0 modulo q with r0 in (-gamma2, gamma2], or [-gamma2, 0) where r1 wraps to 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (int R1, int R0) Decompose(int r, MlDsaParameters parameters)
    {
        int gamma2 = parameters.Gamma2;
        int x = r + gamma2 - 1;
        int r1 = parameters.HighBitsCount == 16 ? (x >> 9) * 32801 >> 25 : (x >> 11) * 11276 >> 20;
        int r0 = r - (r1 * 2 * gamma2);
        int wraps = (parameters.HighBitsCount - 1 - r1) >> 31;
        return (r1 & ~wraps, r0 + wraps);
    }

    /// <summary>Algorithm 37.</summary>
    public static int HighBits(int r, MlDsaParameters parameters) => Decompose(r, parameters).R1;

    /// <summary>Algorithm 38.</summary>
    public static int LowBits(int r, MlDsaParameters parameters) => Decompose(r, parameters).R0;

    /// <summary>Algorithm 40. Public data only.</summary>
    public static int UseHint(bool h, int r, MlDsaParameters parameters)
    {
        int m = parameters.HighBitsCount;
        (int r1, int r0) = Decompose(r, parameters);
        if (!h)
            return r1;
        if (r0 > 0)
            return r1 == m - 1 ? 0 : r1 + 1;
        return r1 == 0 ? m - 1 : r1 - 1;
    }
}
