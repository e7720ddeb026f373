namespace Qssh.Crypto.Signatures.Falcon;

/// <summary>
/// The fast Fourier transform of section 3.7 over R[x]/(x^n + 1). Of the n complex values only one of each conjugate pair is kept:
/// real parts in the first half of the array, imaginary parts in the second. The order of operations is part of what the known
/// answers fix.
/// </summary>
internal static class FalconFft<T>
    where T : unmanaged, IFalconReal<T>
{
    public static void Transform(Span<T> f)
    {
        ReadOnlySpan<T> roots = FalconRoots<T>.Values;
        int half = f.Length / 2;
        Span<T> re = f[..half];
        Span<T> im = f[half..];
        for (int groups = 1, step = half / 2; step >= 1; groups *= 2, step /= 2)
        {
            for (int group = 0; group < groups; group++)
            {
                int root = 2 * ((2 * groups) + group);
                int start = 2 * step * group;
                ForwardGroup(re.Slice(start, 2 * step), im.Slice(start, 2 * step), roots[root], roots[root + 1]);
            }
        }
    }

    public static void InverseTransform(Span<T> f)
    {
        ReadOnlySpan<T> roots = FalconRoots<T>.Values;
        int half = f.Length / 2;
        Span<T> re = f[..half];
        Span<T> im = f[half..];
        for (int groups = half / 2, step = 1; groups >= 1; groups /= 2, step *= 2)
        {
            for (int group = 0; group < groups; group++)
            {
                int root = 2 * ((2 * groups) + group);
                int start = 2 * step * group;
                InverseGroup(re.Slice(start, 2 * step), im.Slice(start, 2 * step), roots[root], -roots[root + 1]);
            }
        }

        // Half of the conjugate pairs: n / 2 instead of n.
        T scale = T.FromConstant(1.0 / half);
        foreach (ref T value in f)
            value *= scale;
    }

    /// <summary>Algorithm 1 in the transformed domain, splitfft: f(x) = f0(x^2) + x f1(x^2).</summary>
    public static void Split(ReadOnlySpan<T> f, Span<T> f0, Span<T> f1)
    {
        ReadOnlySpan<T> roots = FalconRoots<T>.Values;
        int half = f.Length / 2;
        int quarter = half / 2;
        if (quarter == 0)
        {
            f0[0] = f[0];
            f1[0] = f[1];
            return;
        }

        ReadOnlySpan<T> re = f[..half];
        ReadOnlySpan<T> im = f[half..];
        for (int u = 0; u < quarter; u++)
        {
            T aRe = re[2 * u];
            T aIm = im[2 * u];
            T bRe = re[(2 * u) + 1];
            T bIm = im[(2 * u) + 1];
            f0[u] = T.Half(aRe + bRe);
            f0[u + quarter] = T.Half(aIm + bIm);
            T dRe = aRe - bRe;
            T dIm = aIm - bIm;
            T sRe = roots[2 * (half + u)];
            T sIm = -roots[(2 * (half + u)) + 1];
            f1[u] = T.Half((dRe * sRe) - (dIm * sIm));
            f1[u + quarter] = T.Half((dRe * sIm) + (dIm * sRe));
        }
    }

    /// <summary>Algorithm 2 in the transformed domain, mergefft.</summary>
    public static void Merge(ReadOnlySpan<T> f0, ReadOnlySpan<T> f1, Span<T> f)
    {
        ReadOnlySpan<T> roots = FalconRoots<T>.Values;
        int half = f.Length / 2;
        int quarter = half / 2;
        if (quarter == 0)
        {
            f[0] = f0[0];
            f[1] = f1[0];
            return;
        }

        Span<T> re = f[..half];
        Span<T> im = f[half..];
        for (int u = 0; u < quarter; u++)
        {
            T aRe = f0[u];
            T aIm = f0[u + quarter];
            T cRe = f1[u];
            T cIm = f1[u + quarter];
            T sRe = roots[2 * (half + u)];
            T sIm = roots[(2 * (half + u)) + 1];
            T bRe = (cRe * sRe) - (cIm * sIm);
            T bIm = (cRe * sIm) + (cIm * sRe);
            re[2 * u] = aRe + bRe;
            im[2 * u] = aIm + bIm;
            re[(2 * u) + 1] = aRe - bRe;
            im[(2 * u) + 1] = aIm - bIm;
        }
    }

    private static void ForwardGroup(Span<T> re, Span<T> im, T sRe, T sIm)
    {
        int step = re.Length / 2;
        Span<T> xRe = re[..step];
        Span<T> yRe = re.Slice(step, xRe.Length);
        Span<T> xIm = im[..xRe.Length];
        Span<T> yIm = im.Slice(step, xRe.Length);
        for (int j = 0; j < xRe.Length; j++)
        {
            T bRe = (yRe[j] * sRe) - (yIm[j] * sIm);
            T bIm = (yRe[j] * sIm) + (yIm[j] * sRe);
            T aRe = xRe[j];
            T aIm = xIm[j];
            xRe[j] = aRe + bRe;
            xIm[j] = aIm + bIm;
            yRe[j] = aRe - bRe;
            yIm[j] = aIm - bIm;
        }
    }

    private static void InverseGroup(Span<T> re, Span<T> im, T sRe, T sIm)
    {
        int step = re.Length / 2;
        Span<T> xRe = re[..step];
        Span<T> yRe = re.Slice(step, xRe.Length);
        Span<T> xIm = im[..xRe.Length];
        Span<T> yIm = im.Slice(step, xRe.Length);
        for (int j = 0; j < xRe.Length; j++)
        {
            T dRe = xRe[j] - yRe[j];
            T dIm = xIm[j] - yIm[j];
            xRe[j] += yRe[j];
            xIm[j] += yIm[j];
            yRe[j] = (dRe * sRe) - (dIm * sIm);
            yIm[j] = (dRe * sIm) + (dIm * sRe);
        }
    }
}
