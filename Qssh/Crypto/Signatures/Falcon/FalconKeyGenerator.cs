using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Qssh.Secrets;

namespace Qssh.Crypto.Signatures.Falcon;

/// <summary>
/// Algorithms 4 and 5: draws f and g until they are short in both senses, have an inverse and a solution. What it branches on is
/// whether a pair is taken; one that is refused is forgotten.
/// </summary>
internal static class FalconKeyGenerator
{
    /// <summary>As in the reference: 384 bits.</summary>
    public const int SeedSize = 48;

    public static FalconPrivateKey Generate(FalconParameters parameters, ReadOnlySpan<byte> seed, FalconArithmetic arithmetic) =>
        arithmetic == FalconArithmetic.Native
            ? FalconKeyGenerator<NativeReal>.Generate(parameters, seed)
            : FalconKeyGenerator<EmulatedReal>.Generate(parameters, seed);

    /// <summary>Whether both rows of the basis fit the bound that algorithm 5 sets (lines 3 to 10).</summary>
    public static bool IsShort(FalconPrivateKey key, FalconArithmetic arithmetic) =>
        arithmetic == FalconArithmetic.Native ? FalconKeyGenerator<NativeReal>.IsShort(key) : FalconKeyGenerator<EmulatedReal>.IsShort(key);
}

internal static class FalconKeyGenerator<T>
    where T : unmanaged, IFalconReal<T>
{
    /// <summary>(1.17)^2 q: bound of the Gram-Schmidt norm, squared (algorithm 5, line 9).</summary>
    private const double SquaredBound = 16822.4121;

    public static FalconPrivateKey Generate(FalconParameters parameters, ReadOnlySpan<byte> seed)
    {
        FalconPrivateKey key = new(parameters);
        Span<byte> buffer = stackalloc byte[SmallGaussian.BufferSize];
        SmallGaussian gaussian = new(seed, buffer);
        do
        {
            gaussian.Fill(key.f);
            gaussian.Fill(key.g);
        }
        while (!IsShort(key) || !HasInverse(key) || !NtruSolver<T>.TrySolve(key));

        gaussian.Clear();
        ConstantTime.Wipe(buffer);
        return key;
    }

    public static bool IsShort(FalconPrivateKey key) => HasShortRow(key) && HasShortDual(key);

    /// <summary>Whether f and g fit their encoding, and the first row of the basis the bound.</summary>
    private static bool HasShortRow(FalconPrivateKey key)
    {
        int largest = (1 << (key.Parameters.SmallBits - 1)) - 1;
        int excess = 0;
        int norm = 0;
        for (int i = 0; i < key.f.Length; i++)
        {
            int f = key.f[i];
            int g = key.g[i];
            excess |= (largest - f) | (largest + f) | (largest - g) | (largest + g);
            norm += (f * f) + (g * g);
        }

        return Declassified.Value(excess >= 0 & norm <= (int)SquaredBound); // whether a pair is taken
    }

    /// <summary>Whether q (adj(f), adj(g)) / (f adj(f) + g adj(g)), which is as long as the second row made orthogonal, fits it too.</summary>
    private static bool HasShortDual(FalconPrivateKey key)
    {
        int n = key.Parameters.N;
        using SecretBuffer secrets = new(3 * n * Unsafe.SizeOf<T>());
        Span<T> reals = MemoryMarshal.Cast<byte, T>(secrets.Span);
        Span<T> f = reals[..n];
        Span<T> g = reals.Slice(n, n);
        Span<T> inverseNorm = reals[(2 * n)..];
        FalconFftPolynomial<T>.FromIntegers<sbyte>(key.f, f);
        FalconFftPolynomial<T>.FromIntegers<sbyte>(key.g, g);
        FalconFft<T>.Transform(f);
        FalconFft<T>.Transform(g);
        FalconFftPolynomial<T>.InverseNorm(inverseNorm, f, g);
        Normalise(f, inverseNorm);
        Normalise(g, inverseNorm);
        T norm = T.FromConstant(0.0);
        for (int i = 0; i < n; i++)
        {
            norm += f[i] * f[i];
            norm += g[i] * g[i];
        }

        return Declassified.Value(T.IsLess(norm, T.FromConstant(SquaredBound))); // whether a pair is taken
    }

    private static void Normalise(Span<T> polynomial, ReadOnlySpan<T> inverseNorm)
    {
        FalconFftPolynomial<T>.Adjoint(polynomial);
        FalconFftPolynomial<T>.Scale(polynomial, T.FromConstant(FalconParameters.Q));
        FalconFftPolynomial<T>.MultiplyReal(polynomial, inverseNorm);
        FalconFft<T>.InverseTransform(polynomial);
    }

    private static bool HasInverse(FalconPrivateKey key)
    {
        Span<uint> h = stackalloc uint[key.Parameters.N];
        return FalconKeyEquation.TryDivide(key.g, key.f, h);
    }
}
