using System.Runtime.InteropServices;
using Qssh.Secrets;

namespace Qssh.Crypto.Signatures.Falcon;

/// <summary>
/// f or g at every depth: each the field norm of the one before, f'(x^2) = f(x) f(-x), down to one integer (section 3.8.2).
/// Wiped on dispose.
/// </summary>
internal sealed class NtruTower : IDisposable
{
    private readonly BigPolynomial[] _levels;

    public NtruTower(ReadOnlySpan<sbyte> coefficients, int logN)
    {
        _levels = new BigPolynomial[logN + 1];
        _levels[0] = BigPolynomial.FromSmall(coefficients);
        for (int depth = 1; depth <= logN; depth++)
            _levels[depth] = FieldNorm(_levels[depth - 1], NtruSizes.Reduced(depth), signed: depth < logN);
    }

    public BigPolynomial this[int depth] => _levels[depth];

    public void Dispose()
    {
        foreach (BigPolynomial level in _levels)
            level.Dispose();
    }

    /// <param name="signed">The last norm, a resultant, is positive.</param>
    private static BigPolynomial FieldNorm(BigPolynomial f, int length, bool signed)
    {
        BigPolynomial norm = new(f.N / 2, length);
        Span<uint> values = stackalloc uint[f.N];
        Span<uint> tables = stackalloc uint[SmallPrimeNtt.WorkspaceSize(f.N)];
        Span<uint> products = values[..norm.N];
        for (int index = 0; index < length; index++)
        {
            SmallPrimeNtt ntt = new(index, f.N, tables);
            SmallPrime prime = ntt.Prime;
            f.Reduce(prime, values);
            ntt.Transform(values);
            for (int i = 0; i < products.Length; i++)
                products[i] = prime.Multiply(prime.Multiply(values[2 * i], values[(2 * i) + 1]), prime.Square);
            ntt.InverseTransform(products);
            norm.SetResidues(index, products);
        }

        norm.Rebuild(signed);
        ConstantTime.Wipe(MemoryMarshal.AsBytes(values));
        return norm;
    }
}
