using System.Runtime.InteropServices;
using Qssh.Secrets;

namespace Qssh.Crypto.Signatures.MlDsa;

/// <summary>A view of polynomials that lie one after the other: a vector, or a matrix row by row. Owns nothing.</summary>
internal readonly ref struct PolynomialVector(Span<int> coefficients)
{
    public Span<int> Coefficients { get; } = coefficients;

    public int Count => Coefficients.Length / MlDsaParameters.N;

    public Span<int> this[int index] => Coefficients.Slice(index * MlDsaParameters.N, MlDsaParameters.N);

    /// <summary>Splits polynomials off the front of a workspace.</summary>
    public static PolynomialVector Take(scoped ref Span<int> workspace, int count)
    {
        PolynomialVector taken = new(workspace[..(count * MlDsaParameters.N)]);
        workspace = workspace[(count * MlDsaParameters.N)..];
        return taken;
    }

    public PolynomialVector Slice(int start, int count) => new(Coefficients.Slice(start * MlDsaParameters.N, count * MlDsaParameters.N));

    /// <summary>Section 2.5: NTT of each component, in place.</summary>
    public void NTT()
    {
        for (int i = 0; i < Count; i++)
            MlDsaNtt.NTT(this[i]);
    }

    public void Wipe() => ConstantTime.Wipe(MemoryMarshal.AsBytes(Coefficients));
}
