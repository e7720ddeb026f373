namespace Qssh.Crypto.Signatures.MlDsa;

/// <summary>
/// The hint in a signature: the positions of its ones, polynomial after polynomial, zeros up to omega, then k running counts
/// (FIPS 204, algorithms 20 and 21).
/// </summary>
internal static class MlDsaHint
{
    /// <summary>Algorithm 20. The hint has at most omega ones and goes out in the signature: its positions are no secret.</summary>
    public static void HintBitPack(PolynomialVector h, int omega, Span<byte> y)
    {
        y.Clear();
        int index = 0;
        for (int i = 0; i < h.Count; i++)
        {
            ReadOnlySpan<int> polynomial = h[i];
            for (int j = 0; j < polynomial.Length; j++)
            {
                if (polynomial[j] != 0)
                    y[index++] = (byte)j;
            }

            y[omega + i] = (byte)index;
        }
    }

    /// <summary>
    /// Algorithm 21. False unless the encoding is the only one of its hint: counts that do not fall and stay within omega, positions
    /// that rise within a polynomial, zeros after the last. Without that a signature could be rewritten into another.
    /// </summary>
    public static bool HintBitUnpack(ReadOnlySpan<byte> y, int omega, PolynomialVector h)
    {
        h.Coefficients.Clear();
        int index = 0;
        for (int i = 0; i < h.Count; i++)
        {
            int end = y[omega + i];
            if (end < index || end > omega)
                return false;
            int first = index;
            Span<int> polynomial = h[i];
            for (; index < end; index++)
            {
                if (index > first && y[index - 1] >= y[index])
                    return false;
                polynomial[y[index]] = 1;
            }
        }

        return !y[index..omega].ContainsAnyExcept((byte)0);
    }
}
