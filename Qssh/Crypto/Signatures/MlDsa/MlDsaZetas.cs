namespace Qssh.Crypto.Signatures.MlDsa;

/// <summary>
/// The powers zeta^BitRev8(m) mod q of FIPS 204, appendix B, computed once; here times 2^32 and centred, as algorithm 49 wants them.
/// </summary>
internal static class MlDsaZetas
{
    /// <summary>A 512th root of unity (section 2.5).</summary>
    private const int Zeta = 1753;

    private const long Montgomery = (1L << 32) % MlDsaField.Q;

    /// <summary>zetas of appendix B.</summary>
    public static readonly int[] Forward = Build(inverse: false);

    /// <summary>The inverses, in the same order. (Algorithm 42 writes them as -zetas[m] with m counting down: zeta^256 = -1.)</summary>
    public static readonly int[] Inverse = Build(inverse: true);

    /// <summary><see cref="Forward"/> times q^-1 mod 2^32: saves one of the two dependent multiplications of algorithm 49.</summary>
    public static readonly int[] ForwardTimesQInverse = TimesQInverse(Forward);

    public static readonly int[] InverseTimesQInverse = TimesQInverse(Inverse);

    /// <summary>256^-1 of algorithm 42, line 21, times 2^64: undoes the 2^-32 of a product before, too.</summary>
    public static readonly int InverseOf256 = Centred(Montgomery * Montgomery % MlDsaField.Q * 8347681 % MlDsaField.Q);

    /// <summary>Algorithm 43.</summary>
    public static int BitRev8(int m)
    {
        int r = 0;
        for (int i = 0; i < 8; i++)
            r |= ((m >> i) & 1) << (7 - i);
        return r;
    }

    private static int[] Build(bool inverse)
    {
        int[] powers = new int[512];
        long power = Montgomery;
        for (int i = 0; i < powers.Length; i++)
        {
            powers[i] = Centred(power);
            power = power * Zeta % MlDsaField.Q;
        }

        int[] zetas = new int[MlDsaParameters.N];
        for (int m = 0; m < zetas.Length; m++)
            zetas[m] = powers[inverse ? (512 - BitRev8(m)) % 512 : BitRev8(m)];
        return zetas;
    }

    private static int[] TimesQInverse(int[] zetas) => Array.ConvertAll(zetas, zeta => unchecked(zeta * MlDsaField.QInverse));

    private static int Centred(long value) => MlDsaField.ToCentred((int)value);
}
