namespace Qssh.Crypto.Kem;

/// <summary>
/// The number-theoretic transform of FIPS 203, section 4.3, on 256 signed 16-bit coefficients. Products here are Montgomery
/// products, so an inner product leaves a factor 1/R, which the inverse transform takes away.
/// </summary>
internal static class Ntt
{
    /// <summary>
    /// Algorithm 9, in place. Input below q in magnitude: each of seven layers adds less than q, 8 q fits in 16 bits; the result is
    /// reduced to [0, q].
    /// </summary>
    public static void Forward(Span<short> f)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(f.Length, MlKemParameters.N);
        if (VectorNtt.IsSupported)
            VectorNtt.Forward(f);
        else
            PortableNtt.Forward(f);
    }

    /// <summary>
    /// Algorithm 10, in place, times R. Input below 4.5 q in magnitude (an inner product), output below q. No sum of two
    /// coefficients exceeds 9 q, which fits in 16 bits.
    /// </summary>
    public static void Inverse(Span<short> f)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(f.Length, MlKemParameters.N);
        if (VectorNtt.IsSupported)
            VectorNtt.Inverse(f);
        else
            PortableNtt.Inverse(f);
    }

    /// <summary>
    /// The sum over i of f_i g_i / R (algorithm 11 and equation 2.14). Coefficients of f and g are at most q in magnitude, so a
    /// Montgomery product is below q^2 / R + q / 2 + 1 &lt; 0.56 q, and the sum of two for each of four terms below 4.5 q.
    /// </summary>
    /// <param name="stride">Distance between the polynomials of <paramref name="f"/>; those of <paramref name="g"/> are adjacent.</param>
    public static void InnerProduct(ReadOnlySpan<short> f, int stride, ReadOnlySpan<short> g, Span<short> h)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(h.Length, MlKemParameters.N);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(g.Length, MlKemParameters.MaxK * MlKemParameters.N);
        if (VectorNtt.IsSupported)
            VectorNtt.InnerProduct(f, stride, g, h);
        else
            PortableNtt.InnerProduct(f, stride, g, h);
    }
}
