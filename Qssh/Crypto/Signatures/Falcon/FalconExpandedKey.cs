using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Qssh.Crypto.Hashes;
using Qssh.Secrets;

namespace Qssh.Crypto.Signatures.Falcon;

/// <summary>A private key in the form that signing wants. Computed once, the same for every signature. Wiped on dispose.</summary>
internal abstract class FalconExpandedKey(FalconParameters parameters) : IDisposable
{
    public FalconParameters Parameters { get; } = parameters;

    public static FalconExpandedKey Create(FalconPrivateKey key, FalconArithmetic arithmetic) => arithmetic == FalconArithmetic.Native
        ? new FalconExpandedKey<NativeReal>(key)
        : new FalconExpandedKey<EmulatedReal>(key);

    /// <summary>Lines 5 to 8 of algorithm 10: s2 of a short (s1, s2) with s1 + s2 h = c.</summary>
    /// <param name="source">Absorbed seed of the sampler.</param>
    public abstract void Sample(ReadOnlySpan<uint> c, ref Keccak source, Span<short> s2);

    public abstract void Dispose();
}

/// <summary>The basis ((g, -f), (G, -F)) transformed, and its tree (algorithm 4, lines 3 to 8).</summary>
internal sealed class FalconExpandedKey<T> : FalconExpandedKey
    where T : unmanaged, IFalconReal<T>
{
    private readonly SecretBuffer _secrets;

    public FalconExpandedKey(FalconPrivateKey key)
        : base(key.Parameters)
    {
        int n = Parameters.N;
        int workspace = (3 * n) + FalconTree<T>.WorkspaceSize(n);
        _secrets = new SecretBuffer(((4 * n) + FalconTree<T>.Size(Parameters.LogN)) * Unsafe.SizeOf<T>());
        FillBasis(B00, key.g, negative: false);
        FillBasis(B01, key.f, negative: true);
        FillBasis(B10, key.G, negative: false);
        FillBasis(B11, key.F, negative: true);

        using SecretBuffer temporary = new(workspace * Unsafe.SizeOf<T>());
        Span<T> rest = MemoryMarshal.Cast<byte, T>(temporary.Span);
        Span<T> g00 = Take(ref rest, n);
        Span<T> g01 = Take(ref rest, n);
        Span<T> g11 = Take(ref rest, n);
        Gram(B00, B01, B00, B01, g00, rest);
        Gram(B00, B01, B10, B11, g01, rest);
        Gram(B10, B11, B10, B11, g11, rest);
        FalconTree<T>.Build(Tree, g00, g01, g11, T.FromConstant(Parameters.InverseSigma), rest);
    }

    private Span<T> B00 => Polynomial(0);

    private Span<T> B01 => Polynomial(1);

    private Span<T> B10 => Polynomial(2);

    private Span<T> B11 => Polynomial(3);

    private Span<T> Tree => MemoryMarshal.Cast<byte, T>(_secrets.Span)[(4 * Parameters.N)..];

    public override void Sample(ReadOnlySpan<uint> c, ref Keccak source, Span<short> s2)
    {
        Span<T> workspace = stackalloc T[4 * Parameters.N];
        Span<byte> samplerBytes = stackalloc byte[FalconSampler<T>.WorkspaceSize];
        try
        {
            scoped FalconSampler<T> sampler;
            do
                sampler = new FalconSampler<T>(ref source, Parameters.SigmaMinimum, samplerBytes);
            while (!TrySample(c, ref sampler, s2, workspace));
        }
        finally
        {
            ConstantTime.Wipe(MemoryMarshal.AsBytes(workspace));
            ConstantTime.Wipe(samplerBytes);
        }
    }

    public override void Dispose() => _secrets.Dispose();

    private static Span<T> Take(ref Span<T> workspace, int count)
    {
        Span<T> taken = workspace[..count];
        workspace = workspace[count..];
        return taken;
    }

    private static void FillBasis(Span<T> target, ReadOnlySpan<sbyte> source, bool negative)
    {
        FalconFftPolynomial<T>.FromIntegers(source, target);
        FalconFft<T>.Transform(target);
        if (negative)
            FalconFftPolynomial<T>.Negate(target);
    }

    /// <summary>An entry of B adj(B): a0 adj(b0) + a1 adj(b1).</summary>
    private static void Gram(ReadOnlySpan<T> a0, ReadOnlySpan<T> a1, ReadOnlySpan<T> b0, ReadOnlySpan<T> b1, Span<T> target, Span<T> workspace)
    {
        Span<T> second = workspace[..target.Length];
        a0.CopyTo(target);
        a1.CopyTo(second);
        FalconFftPolynomial<T>.MultiplyAdjoint(target, b0);
        FalconFftPolynomial<T>.MultiplyAdjoint(second, b1);
        FalconFftPolynomial<T>.Add(target, second);
    }

    private Span<T> Polynomial(int index) => MemoryMarshal.Cast<byte, T>(_secrets.Span).Slice(index * Parameters.N, Parameters.N);

    private bool TrySample(scoped ReadOnlySpan<uint> c, ref FalconSampler<T> sampler, scoped Span<short> s2, scoped Span<T> workspace)
    {
        int n = Parameters.N;
        Span<T> t0 = Take(ref workspace, n);
        Span<T> t1 = Take(ref workspace, n);

        // The target (c, 0) B^-1 = (-c F / q, c f / q).
        T inverseQ = T.FromConstant(1.0 / FalconParameters.Q);
        FalconFftPolynomial<T>.FromIntegers(c, t0);
        FalconFft<T>.Transform(t0);
        t0.CopyTo(t1);
        FalconFftPolynomial<T>.Multiply(t1, B01);
        FalconFftPolynomial<T>.Scale(t1, -inverseQ);
        FalconFftPolynomial<T>.Multiply(t0, B11);
        FalconFftPolynomial<T>.Scale(t0, inverseQ);
        FalconTree<T>.Sample(ref sampler, t0, t1, Tree, workspace);

        // The lattice point z B that it stands for.
        Span<T> x = Take(ref workspace, n);
        Span<T> y = Take(ref workspace, n);
        t0.CopyTo(x);
        t1.CopyTo(y);
        FalconFftPolynomial<T>.Multiply(x, B00);
        FalconFftPolynomial<T>.Multiply(y, B10);
        FalconFftPolynomial<T>.Add(x, y);
        FalconFftPolynomial<T>.Multiply(t0, B01);
        FalconFftPolynomial<T>.Multiply(t1, B11);
        FalconFftPolynomial<T>.Add(t1, t0);
        FalconFft<T>.InverseTransform(x);
        FalconFft<T>.InverseTransform(t1);
        return TryRound(c, x, t1, s2);
    }

    /// <summary>(s1, s2) = (c, 0) - (x, y), if that is short. All coefficients enter the sum before it is looked at.</summary>
    private bool TryRound(ReadOnlySpan<uint> c, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<short> s2)
    {
        long norm = 0;
        for (int i = 0; i < s2.Length; i++)
        {
            long first = c[i] - T.Round(x[i]);
            long second = -T.Round(y[i]);
            norm += (first * first) + (second * second);
            s2[i] = (short)second;
        }

        return Declassified.Value(norm <= Parameters.SquaredBound); // item 2 of FalconSigner
    }
}
