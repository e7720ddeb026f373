namespace Qssh.Crypto.Signatures.Falcon;

/// <summary>Arithmetic on transformed polynomials (see <see cref="FalconFft{T}"/>). adj is complex conjugation of every value.</summary>
internal static class FalconFftPolynomial<T>
    where T : unmanaged, IFalconReal<T>
{
    private static T One => T.FromConstant(1.0);

    public static void FromIntegers<TInteger>(ReadOnlySpan<TInteger> source, Span<T> target)
        where TInteger : unmanaged, System.Numerics.IBinaryInteger<TInteger>
    {
        for (int i = 0; i < target.Length; i++)
            target[i] = T.FromInteger(long.CreateTruncating(source[i]));
    }

    public static void Add(Span<T> a, ReadOnlySpan<T> b)
    {
        for (int i = 0; i < a.Length; i++)
            a[i] += b[i];
    }

    public static void Subtract(Span<T> a, ReadOnlySpan<T> b)
    {
        for (int i = 0; i < a.Length; i++)
            a[i] -= b[i];
    }

    public static void Negate(Span<T> a)
    {
        foreach (ref T value in a)
            value = -value;
    }

    public static void Scale(Span<T> a, T factor)
    {
        foreach (ref T value in a)
            value *= factor;
    }

    /// <summary>a = adj(a).</summary>
    public static void Adjoint(Span<T> a) => Negate(a[(a.Length / 2)..]);

    /// <summary>a = a b.</summary>
    public static void Multiply(Span<T> a, ReadOnlySpan<T> b)
    {
        int half = a.Length / 2;
        for (int u = 0; u < half; u++)
            (a[u], a[u + half]) = Product(a[u], a[u + half], b[u], b[u + half]);
    }

    /// <summary>a = a adj(b).</summary>
    public static void MultiplyAdjoint(Span<T> a, ReadOnlySpan<T> b)
    {
        int half = a.Length / 2;
        for (int u = 0; u < half; u++)
            (a[u], a[u + half]) = Product(a[u], a[u + half], b[u], -b[u + half]);
    }

    /// <summary>a = a adj(a), which is real.</summary>
    public static void MultiplySelfAdjoint(Span<T> a)
    {
        int half = a.Length / 2;
        for (int u = 0; u < half; u++)
        {
            a[u] = (a[u] * a[u]) + (a[u + half] * a[u + half]);
            a[u + half] = T.FromConstant(0.0);
        }
    }

    /// <summary>a = a b with b real: only its first half is read.</summary>
    public static void MultiplyReal(Span<T> a, ReadOnlySpan<T> b)
    {
        int half = a.Length / 2;
        for (int u = 0; u < half; u++)
        {
            a[u] *= b[u];
            a[u + half] *= b[u];
        }
    }

    /// <summary>a = a / b with b real: only its first half is read.</summary>
    public static void DivideReal(Span<T> a, ReadOnlySpan<T> b)
    {
        int half = a.Length / 2;
        for (int u = 0; u < half; u++)
        {
            T inverse = One / b[u];
            a[u] *= inverse;
            a[u + half] *= inverse;
        }
    }

    /// <summary>target = 1 / (a adj(a) + b adj(b)), which is real: the first half of target.</summary>
    public static void InverseNorm(Span<T> target, ReadOnlySpan<T> a, ReadOnlySpan<T> b)
    {
        int half = a.Length / 2;
        for (int u = 0; u < half; u++)
            target[u] = One / (((a[u] * a[u]) + (a[u + half] * a[u + half])) + ((b[u] * b[u]) + (b[u + half] * b[u + half])));
    }

    /// <summary>
    /// The decomposition G = L D adj(L) of a self-adjoint 2 x 2 matrix (section 3.8.3): g01 becomes l10, g11 becomes d11, and g00 is d00.
    /// </summary>
    public static void Ldl(ReadOnlySpan<T> g00, Span<T> g01, Span<T> g11)
    {
        int half = g00.Length / 2;
        for (int u = 0; u < half; u++)
        {
            (T muRe, T muIm) = Quotient(g01[u], g01[u + half], g00[u], g00[u + half]);
            (T re, T im) = Product(muRe, muIm, g01[u], -g01[u + half]);
            g11[u] -= re;
            g11[u + half] -= im;
            g01[u] = muRe;
            g01[u + half] = -muIm;
        }
    }

    private static (T Re, T Im) Product(T aRe, T aIm, T bRe, T bIm) => ((aRe * bRe) - (aIm * bIm), (aRe * bIm) + (aIm * bRe));

    private static (T Re, T Im) Quotient(T aRe, T aIm, T bRe, T bIm)
    {
        T inverse = One / ((bRe * bRe) + (bIm * bIm));
        return Product(aRe, aIm, bRe * inverse, -bIm * inverse);
    }
}
