using System.Runtime.InteropServices;
using Qssh.Secrets;

namespace Qssh.Crypto.Signatures.Falcon;

/// <summary>Division by f modulo q: the public key h = g / f, and G = g F / f.</summary>
internal static class FalconKeyEquation
{
    /// <summary>quotient = numerator / denominator modulo phi and q.</summary>
    /// <returns>False when the denominator has no inverse; which of its values are zero does not show.</returns>
    public static bool TryDivide(ReadOnlySpan<sbyte> numerator, ReadOnlySpan<sbyte> denominator, Span<uint> quotient)
    {
        Span<uint> divisor = stackalloc uint[quotient.Length];
        Load(numerator, quotient);
        Load(denominator, divisor);
        FalconNtt.Transform(quotient);
        FalconNtt.Transform(divisor);
        bool invertible = Divide(quotient, divisor);
        FalconNtt.InverseTransform(quotient);
        ConstantTime.Wipe(MemoryMarshal.AsBytes(divisor));
        return Declassified.Value(invertible); // the one bit of the answer
    }

    /// <summary>Computes G of a key whose f, g and F are there.</summary>
    /// <returns>False when there is none of the right size. The equation then holds modulo q, not yet over the integers.</returns>
    public static bool TryComplete(FalconPrivateKey key)
    {
        const int Largest = (1 << (FalconParameters.LargeBits - 1)) - 1;
        Span<uint> quotient = stackalloc uint[key.Parameters.N];
        Span<uint> other = stackalloc uint[key.Parameters.N];
        Load(key.g, quotient);
        Load(key.F, other);
        FalconNtt.Transform(quotient);
        FalconNtt.Transform(other);
        FalconNtt.MultiplyInto(quotient, other);
        Load(key.f, other);
        FalconNtt.Transform(other);
        bool invertible = Divide(quotient, other);
        FalconNtt.InverseTransform(quotient);

        int excess = 0;
        Span<sbyte> large = key.G;
        for (int i = 0; i < large.Length; i++)
        {
            int coefficient = FalconField.ToCentred(quotient[i]);
            excess |= (Largest - coefficient) | (Largest + coefficient);
            large[i] = (sbyte)coefficient;
        }

        ConstantTime.Wipe(MemoryMarshal.AsBytes(quotient));
        ConstantTime.Wipe(MemoryMarshal.AsBytes(other));
        return invertible && Declassified.Value(excess >= 0); // the one bit of the answer
    }

    private static bool Divide(Span<uint> values, ReadOnlySpan<uint> divisor)
    {
        uint anyZero = 0;
        for (int i = 0; i < values.Length; i++)
        {
            anyZero |= (divisor[i] - 1) >> 31;
            values[i] = FalconField.Multiply(values[i], FalconField.Invert(divisor[i]));
        }

        return Declassified.Value(anyZero == 0); // the one bit of the answer
    }

    private static void Load(ReadOnlySpan<sbyte> source, Span<uint> target)
    {
        for (int i = 0; i < target.Length; i++)
            target[i] = FalconField.FromSigned(source[i]);
    }
}
