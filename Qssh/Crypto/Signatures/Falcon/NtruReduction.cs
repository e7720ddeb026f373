using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Qssh.Secrets;

namespace Qssh.Crypto.Signatures.Falcon;

/// <summary>
/// Algorithm 7, Reduce: takes k f from F and k g from G with k = round((F adj(f) + G adj(g)) / (f adj(f) + g adj(g))), again and again.
/// Only the top ten limbs go into floating point; as sizes are assumed, not looked at, k gets 25 bits closer each time, whatever the key.
/// </summary>
internal ref struct NtruReduction<T>
    where T : unmanaged, IFalconReal<T>
{
    /// <summary>Limbs that go into floating point: 310 bits.</summary>
    private const int Window = 10;

    /// <summary>By how much a round is sure to shrink F and G.</summary>
    private const int BitsPerRound = 25;

    /// <summary>How far a reduced F may exceed f: about half the bits of n, and some to be safe.</summary>
    private const int Slack = 10;

    private readonly BigPolynomial _f;
    private readonly BigPolynomial _g;
    private readonly BigPolynomial _largeF;
    private readonly BigPolynomial _largeG;
    private readonly int _depth;
    private readonly int _smallScale;
    private readonly Span<T> _adjointF;
    private readonly Span<T> _adjointG;
    private readonly Span<T> _inverseNorm;
    private readonly Span<T> _first;
    private readonly Span<T> _second;
    private readonly Span<int> _k;

    private NtruReduction(
        int depth, BigPolynomial f, BigPolynomial g, BigPolynomial largeF, BigPolynomial largeG, Span<T> reals, Span<int> k)
    {
        _depth = depth;
        _f = f;
        _g = g;
        _largeF = largeF;
        _largeG = largeG;
        _k = k;
        int n = f.N;
        _adjointF = reals[..n];
        _adjointG = reals.Slice(n, n);
        _inverseNorm = reals.Slice(2 * n, n);
        _first = reals.Slice(3 * n, n);
        _second = reals.Slice(4 * n, n);

        int start = Math.Max(0, f.Length - Window);
        _smallScale = Limbs.Bits * start;
        f.ToReal(start, f.Length, _adjointF);
        g.ToReal(start, g.Length, _adjointG);
        FalconFft<T>.Transform(_adjointF);
        FalconFft<T>.Transform(_adjointG);
        FalconFftPolynomial<T>.InverseNorm(_inverseNorm, _adjointF, _adjointG);
        FalconFftPolynomial<T>.Adjoint(_adjointF);
        FalconFftPolynomial<T>.Adjoint(_adjointG);
    }

    /// <returns>False when a coefficient of k is out of range: this (f, g) is given up. Else F and G, as long as f, in their place.</returns>
    public static bool TryReduce(int depth, BigPolynomial f, BigPolynomial g, ref BigPolynomial largeF, ref BigPolynomial largeG)
    {
        using SecretBuffer reals = new(5 * f.N * Unsafe.SizeOf<T>());
        using SecretBuffer k = new(f.N * sizeof(int));
        NtruReduction<T> reduction = new(
            depth, f, g, largeF, largeG, MemoryMarshal.Cast<byte, T>(reals.Span), MemoryMarshal.Cast<byte, int>(k.Span));
        if (!reduction.TryRun(out int limbs))
            return false;

        Replace(ref largeF, largeF.Resize(limbs, f.Length));
        Replace(ref largeG, largeG.Resize(limbs, g.Length));
        return true;
    }

    private static void Replace(ref BigPolynomial target, BigPolynomial replacement)
    {
        target.Dispose();
        target = replacement;
    }

    /// <param name="limbs">How many limbs of F and G are meaningful in the end.</param>
    private readonly bool TryRun(out int limbs)
    {
        limbs = _largeF.Length;
        int mostBits = Limbs.Bits * limbs;
        int scale = mostBits - NtruSizes.LeastBits(_depth);
        while (true)
        {
            if (!TryQuotient(limbs, scale))
                return false;
            Subtract(_largeF, _f, limbs, scale);
            Subtract(_largeG, _g, limbs, scale);
            int bits = scale + NtruSizes.MostBits(_depth) + Slack;
            if (bits < mostBits)
            {
                mostBits = bits;
                if (Limbs.Bits * limbs >= mostBits + Limbs.Bits)
                    limbs--;
            }

            if (scale <= 0)
                return true;
            scale = Math.Max(0, scale - BitsPerRound);
        }
    }

    /// <summary>k, divided by 2^scale.</summary>
    private readonly bool TryQuotient(int limbs, int scale)
    {
        int start = Math.Max(0, limbs - Window);
        _largeF.ToReal(start, limbs, _first);
        _largeG.ToReal(start, limbs, _second);
        FalconFft<T>.Transform(_first);
        FalconFft<T>.Transform(_second);
        FalconFftPolynomial<T>.Multiply(_first, _adjointF);
        FalconFftPolynomial<T>.Multiply(_second, _adjointG);
        FalconFftPolynomial<T>.Add(_second, _first);
        FalconFftPolynomial<T>.MultiplyReal(_second, _inverseNorm);
        FalconFft<T>.InverseTransform(_second);

        T unit = PowerOfTwo((Limbs.Bits * start) - _smallScale - scale);
        T limit = T.FromConstant(int.MaxValue);
        for (int i = 0; i < _k.Length; i++)
        {
            T value = _second[i] * unit;
            if (!Declassified.Value(T.IsLess(-limit, value) & T.IsLess(value, limit))) // then this (f, g) is given up
                return false;
            _k[i] = (int)T.Round(value);
        }

        return true;
    }

    private static T PowerOfTwo(int exponent)
    {
        T power = T.FromConstant(1.0);
        T square = T.FromConstant(exponent < 0 ? 0.5 : 2.0);
        for (int rest = Math.Abs(exponent); rest != 0; rest >>= 1)
        {
            if ((rest & 1) != 0)
                power *= square;
            square *= square;
        }

        return power;
    }

    /// <summary>large = large - k small 2^scale, in the first limbs only.</summary>
    private readonly void Subtract(BigPolynomial large, BigPolynomial small, int limbs, int scale)
    {
        int whole = scale / Limbs.Bits;
        int rest = scale % Limbs.Bits;
        if (_depth <= NtruSizes.DeepestTransform)
        {
            using BigPolynomial product = Product(small);
            for (int i = 0; i < _k.Length; i++)
                Limbs.AddScaledProduct(large[i][..limbs], product[i], -1, whole, rest);
            return;
        }

        for (int i = 0; i < _k.Length; i++)
        {
            for (int j = 0; j < _k.Length; j++)
            {
                int place = i + j;
                int factor = place < _k.Length ? -_k[i] : _k[i];
                Limbs.AddScaledProduct(large[place & (_k.Length - 1)][..limbs], small[j], factor, whole, rest);
            }
        }
    }

    /// <summary>k small: one limb longer.</summary>
    private readonly BigPolynomial Product(BigPolynomial small)
    {
        int n = _k.Length;
        BigPolynomial product = new(n, small.Length + 1);
        Span<uint> left = stackalloc uint[n];
        Span<uint> right = stackalloc uint[n];
        Span<uint> tables = stackalloc uint[SmallPrimeNtt.WorkspaceSize(n)];
        for (int index = 0; index < product.Length; index++)
        {
            SmallPrimeNtt ntt = new(index, n, tables);
            SmallPrime prime = ntt.Prime;
            for (int i = 0; i < n; i++)
                left[i] = prime.FromSigned(_k[i]);
            small.Reduce(prime, right);
            ntt.Transform(left);
            ntt.Transform(right);
            for (int i = 0; i < n; i++)
                left[i] = prime.Multiply(prime.Multiply(left[i], right[i]), prime.Square);
            ntt.InverseTransform(left);
            product.SetResidues(index, left);
        }

        product.Rebuild(signed: true);
        ConstantTime.Wipe(MemoryMarshal.AsBytes(left));
        ConstantTime.Wipe(MemoryMarshal.AsBytes(right));
        return product;
    }
}
