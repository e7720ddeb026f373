using System.Runtime.InteropServices;
using Qssh.Secrets;

namespace Qssh.Crypto.Signatures.Falcon;

/// <summary>
/// One step up: from a solution (F', G') for the field norms to F = F'(x^2) g(-x) and G = G'(x^2) f(-x), which solve the equation for
/// f and g (algorithm 6, lines 8 to 11), but are too large.
/// </summary>
internal static class NtruLift
{
    /// <param name="deeper">F' or G'.</param>
    /// <param name="other">g for F', f for G'.</param>
    public static BigPolynomial Lift(BigPolynomial deeper, BigPolynomial other, int length)
    {
        int n = other.N;
        BigPolynomial lifted = new(n, length);
        Span<uint> values = stackalloc uint[n];
        Span<uint> half = stackalloc uint[n / 2];
        Span<uint> tables = stackalloc uint[SmallPrimeNtt.WorkspaceSize(n)];
        for (int index = 0; index < length; index++)
        {
            SmallPrimeNtt ntt = new(index, n, tables);
            deeper.Reduce(ntt.Prime, half);
            other.Reduce(ntt.Prime, values);
            Multiply(ntt, half, values);
            ntt.InverseTransform(values);
            lifted.SetResidues(index, values);
        }

        lifted.Rebuild(signed: true);
        ConstantTime.Wipe(MemoryMarshal.AsBytes(values));
        ConstantTime.Wipe(MemoryMarshal.AsBytes(half));
        return lifted;
    }

    /// <summary>Transforms both; values becomes the transform of deeper(x^2) values(-x): neighbours are a point and its negative.</summary>
    public static void Multiply(SmallPrimeNtt ntt, Span<uint> deeper, Span<uint> values)
    {
        SmallPrime prime = ntt.Prime;
        ntt.Transform(deeper);
        ntt.Transform(values);
        for (int i = 0; i < deeper.Length; i++)
        {
            uint factor = prime.Multiply(deeper[i], prime.Square);
            uint atPoint = values[2 * i];
            values[2 * i] = prime.Multiply(values[(2 * i) + 1], factor);
            values[(2 * i) + 1] = prime.Multiply(atPoint, factor);
        }
    }
}
