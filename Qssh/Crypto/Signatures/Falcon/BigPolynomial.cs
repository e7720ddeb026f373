using System.Runtime.InteropServices;
using Qssh.Secrets;

namespace Qssh.Crypto.Signatures.Falcon;

/// <summary>A polynomial over big integers of one length; or, while it is being built, over their residues. Wiped on dispose.</summary>
internal sealed class BigPolynomial(int n, int length) : IDisposable
{
    private readonly SecretBuffer _limbs = new(n * length * sizeof(uint));

    /// <summary>Number of coefficients.</summary>
    public int N { get; } = n;

    /// <summary>Limbs of a coefficient.</summary>
    public int Length { get; } = length;

    /// <summary>A coefficient.</summary>
    public Span<uint> this[int index] => All.Slice(index * Length, Length);

    private Span<uint> All => MemoryMarshal.Cast<byte, uint>(_limbs.Span);

    public static BigPolynomial FromSmall(ReadOnlySpan<sbyte> coefficients)
    {
        BigPolynomial polynomial = new(coefficients.Length, 1);
        for (int i = 0; i < coefficients.Length; i++)
            polynomial[i][0] = (uint)coefficients[i] & Limbs.Mask;
        return polynomial;
    }

    /// <summary>All coefficients modulo one prime.</summary>
    public void Reduce(SmallPrime prime, Span<uint> residues)
    {
        Span<uint> all = All;
        uint range = Limbs.Range(Length, prime);
        for (int i = 0; i < residues.Length; i++)
            residues[i] = Limbs.ModSigned(all.Slice(i * Length, Length), prime, range);
    }

    /// <summary>Stores the residues modulo one prime in the place of that prime.</summary>
    public void SetResidues(int index, ReadOnlySpan<uint> residues)
    {
        Span<uint> all = All;
        for (int i = 0; i < residues.Length; i++)
            all[(i * Length) + index] = residues[i];
    }

    /// <summary>From residues modulo the first primes to integers, in place, by the Chinese remainder theorem (Garner's form).</summary>
    /// <param name="signed">Around zero, instead of from zero up.</param>
    public void Rebuild(bool signed)
    {
        Span<uint> all = All;
        Span<uint> product = stackalloc uint[Length];
        product[0] = SmallPrimes.All[0].P;
        for (int index = 1; index < Length; index++)
        {
            SmallPrime prime = SmallPrimes.All[index];
            uint inverse = SmallPrimeProducts.Inverses[index];
            for (int i = 0; i < N; i++)
            {
                Span<uint> x = all.Slice(i * Length, index + 1);
                uint difference = prime.Subtract(x[index], Limbs.ModUnsigned(x[..index], prime));
                Limbs.AddProduct(x, product[..index], prime.Multiply(difference, inverse));
            }

            product[index] = Limbs.MultiplySmall(product[..index], prime.P);
        }

        if (!signed)
            return;
        for (int i = 0; i < N; i++)
            Limbs.Centre(all.Slice(i * Length, Length), product);
    }

    /// <summary>The limbs from start to end of each coefficient as a real; the last of them bears the sign.</summary>
    public void ToReal<T>(int start, int end, Span<T> target)
        where T : unmanaged, IFalconReal<T>
    {
        Span<uint> all = All;
        for (int i = 0; i < target.Length; i++)
            target[i] = Limbs.ToReal<T>(all[((i * Length) + start)..((i * Length) + end)]);
    }

    /// <summary>A copy with fewer limbs, of which only the first so many are meaningful: the sign continues them.</summary>
    public BigPolynomial Resize(int meaningful, int length)
    {
        BigPolynomial resized = new(N, length);
        int copied = Math.Min(meaningful, length);
        for (int i = 0; i < N; i++)
        {
            ReadOnlySpan<uint> source = this[i][..copied];
            source.CopyTo(resized[i]);
            resized[i][copied..].Fill(Limbs.SignLimb(source));
        }

        return resized;
    }

    public void Dispose() => _limbs.Dispose();
}
