using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Qssh.Secrets;

namespace Qssh.Crypto.Signatures.Falcon;

/// <summary>
/// The last step up, where everything fits below one small prime: lifts, and reduces once with an exact quotient of integers that only
/// its rounding takes through floating point.
/// </summary>
internal static class NtruFinish<T>
    where T : unmanaged, IFalconReal<T>
{
    /// <summary>From the solution at depth 1 to F and G of the key.</summary>
    /// <returns>False when a coefficient is too large.</returns>
    public static bool TryFinish(FalconPrivateKey key, BigPolynomial deeperF, BigPolynomial deeperG)
    {
        int n = key.Parameters.N;
        using SecretBuffer secrets = new(5 * n * sizeof(uint));
        Span<uint> tables = stackalloc uint[SmallPrimeNtt.WorkspaceSize(n)];
        SmallPrimeNtt ntt = new(0, n, tables);
        Span<uint> rest = MemoryMarshal.Cast<byte, uint>(secrets.Span);
        Span<uint> largeF = rest[..n];
        Span<uint> largeG = rest.Slice(n, n);
        Span<uint> k = rest.Slice(2 * n, n);
        Span<uint> workspace = rest[(3 * n)..];

        Lift(ntt, deeperF, key.g, largeF, workspace);
        Lift(ntt, deeperG, key.f, largeG, workspace);
        Quotient(ntt, key, largeF, largeG, k, workspace);
        ntt.Transform(k);
        return TrySubtract(ntt, largeF, k, key.f, key.F, workspace) & TrySubtract(ntt, largeG, k, key.g, key.G, workspace);
    }

    private static void Lift(SmallPrimeNtt ntt, BigPolynomial deeper, ReadOnlySpan<sbyte> other, Span<uint> target, Span<uint> workspace)
    {
        Span<uint> half = workspace[..deeper.N];
        deeper.Reduce(ntt.Prime, half);
        for (int i = 0; i < target.Length; i++)
            target[i] = ntt.Prime.FromSigned(other[i]);
        NtruLift.Multiply(ntt, half, target);
    }

    /// <summary>k = round((F adj(f) + G adj(g)) / (f adj(f) + g adj(g))), F and G being transformed.</summary>
    private static void Quotient(
        SmallPrimeNtt ntt, FalconPrivateKey key, ReadOnlySpan<uint> largeF, ReadOnlySpan<uint> largeG, Span<uint> k, Span<uint> workspace)
    {
        int n = k.Length;
        SmallPrime prime = ntt.Prime;
        using SecretBuffer reals = new(2 * n * Unsafe.SizeOf<T>());
        Span<T> numerator = MemoryMarshal.Cast<byte, T>(reals.Span)[..n];
        Span<T> denominator = MemoryMarshal.Cast<byte, T>(reals.Span)[n..];
        Span<uint> norm = stackalloc uint[n];
        k.Clear();
        norm.Clear();
        AddProducts(ntt, key.f, largeF, k, norm, workspace);
        AddProducts(ntt, key.g, largeG, k, norm, workspace);
        ntt.InverseTransform(k);
        ntt.InverseTransform(norm);
        for (int i = 0; i < n; i++)
        {
            numerator[i] = T.FromInteger(prime.ToCentred(k[i]));
            denominator[i] = T.FromInteger(prime.ToCentred(norm[i]));
        }

        FalconFft<T>.Transform(numerator);
        FalconFft<T>.Transform(denominator);
        FalconFftPolynomial<T>.DivideReal(numerator, denominator);
        FalconFft<T>.InverseTransform(numerator);
        for (int i = 0; i < n; i++)
            k[i] = prime.FromSigned((int)T.Round(numerator[i]));
        ConstantTime.Wipe(MemoryMarshal.AsBytes(norm));
    }

    /// <summary>Adds large adj(small) to the one sum and small adj(small) to the other.</summary>
    private static void AddProducts(
        SmallPrimeNtt ntt, ReadOnlySpan<sbyte> small, ReadOnlySpan<uint> large, Span<uint> products, Span<uint> norms, Span<uint> workspace)
    {
        SmallPrime prime = ntt.Prime;
        int n = small.Length;
        Span<uint> plain = workspace[..n];
        Span<uint> adjoint = workspace.Slice(n, n);
        NtruEquation.Load(ntt, small, plain);
        adjoint[0] = prime.FromSigned(small[0]);
        for (int i = 1; i < n; i++)
            adjoint[n - i] = prime.FromSigned(-small[i]);
        ntt.Transform(adjoint);
        for (int i = 0; i < n; i++)
        {
            uint factor = prime.Multiply(adjoint[i], prime.Square);
            products[i] = prime.Add(products[i], prime.Multiply(factor, large[i]));
            norms[i] = prime.Add(norms[i], prime.Multiply(factor, plain[i]));
        }
    }

    /// <summary>result = large - k small; large and k are transformed.</summary>
    private static bool TrySubtract(
        SmallPrimeNtt ntt, Span<uint> large, ReadOnlySpan<uint> k, ReadOnlySpan<sbyte> small, Span<sbyte> result, Span<uint> workspace)
    {
        const int Largest = (1 << (FalconParameters.LargeBits - 1)) - 1;
        SmallPrime prime = ntt.Prime;
        Span<uint> plain = workspace[..small.Length];
        NtruEquation.Load(ntt, small, plain);
        for (int i = 0; i < large.Length; i++)
            large[i] = prime.Subtract(large[i], prime.Multiply(prime.Multiply(k[i], prime.Square), plain[i]));
        ntt.InverseTransform(large);

        int excess = 0;
        for (int i = 0; i < large.Length; i++)
        {
            int coefficient = prime.ToCentred(large[i]);
            excess |= (Largest - coefficient) | (Largest + coefficient);
            result[i] = (sbyte)coefficient;
        }

        return excess >= 0;
    }
}
