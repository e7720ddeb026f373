namespace Qssh.Crypto.Kem;

/// <summary>The transforms one coefficient at a time; bounds are those of <see cref="Ntt"/>.</summary>
internal static class PortableNtt
{
    public static void Forward(Span<short> f)
    {
        int i = 1;
        for (int length = 128; length >= 2; length /= 2)
        {
            for (int start = 0; start < MlKemParameters.N; start += 2 * length)
            {
                short zeta = NttConstants.Zetas[i++];
                for (int j = start; j < start + length; j++)
                {
                    short t = Zq.MontgomeryMultiply(zeta, f[j + length]);
                    f[j + length] = (short)(f[j] - t);
                    f[j] = (short)(f[j] + t);
                }
            }
        }

        foreach (ref short coefficient in f)
            coefficient = Zq.BarrettReduce(coefficient);
    }

    public static void Inverse(Span<short> f)
    {
        int i = 127;
        for (int length = 2; length <= 128; length *= 2)
        {
            for (int start = 0; start < MlKemParameters.N; start += 2 * length)
            {
                short zeta = NttConstants.Zetas[i--];
                for (int j = start; j < start + length; j++)
                {
                    short t = f[j];
                    f[j] = Zq.BarrettReduce((short)(t + f[j + length]));
                    f[j + length] = Zq.MontgomeryMultiply(zeta, (short)(f[j + length] - t));
                }
            }
        }

        foreach (ref short coefficient in f)
            coefficient = Zq.MontgomeryMultiply(coefficient, Zq.RSquaredBy128);
    }

    /// <param name="stride">Distance between the polynomials of <paramref name="f"/>; those of <paramref name="g"/> are adjacent.</param>
    public static void InnerProduct(ReadOnlySpan<short> f, int stride, ReadOnlySpan<short> g, Span<short> h)
    {
        h.Clear();
        for (int offset = 0; offset < g.Length; offset += MlKemParameters.N)
        {
            ReadOnlySpan<short> a = f.Slice(offset / MlKemParameters.N * stride, MlKemParameters.N);
            ReadOnlySpan<short> b = g.Slice(offset, MlKemParameters.N);
            for (int i = 0; i < MlKemParameters.N; i += 2)
                BaseCaseMultiply(a[i], a[i + 1], b[i], b[i + 1], NttConstants.Gammas[i / 2], ref h[i], ref h[i + 1]);
        }
    }

    /// <summary>Algorithm 12, added to what is there.</summary>
    private static void BaseCaseMultiply(short a0, short a1, short b0, short b1, short gamma, ref short c0, ref short c1)
    {
        short upper = Zq.MontgomeryMultiply(Zq.MontgomeryMultiply(a1, b1), gamma);
        c0 += (short)(Zq.MontgomeryMultiply(a0, b0) + upper);
        c1 += (short)(Zq.MontgomeryMultiply(a0, b1) + Zq.MontgomeryMultiply(a1, b0));
    }
}
