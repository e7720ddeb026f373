using System.Runtime.InteropServices;
using Qssh.Secrets;

namespace Qssh.Crypto.Signatures.Falcon;

/// <summary>The equation f G - g F = q over the integers (section 3.4). Both sides are far below a small prime: modulo it is enough.</summary>
internal static class NtruEquation
{
    public static bool Holds(FalconPrivateKey key)
    {
        int n = key.Parameters.N;
        using SecretBuffer secrets = new(3 * n * sizeof(uint));
        Span<uint> tables = stackalloc uint[SmallPrimeNtt.WorkspaceSize(n)];
        SmallPrimeNtt ntt = new(0, n, tables);
        SmallPrime prime = ntt.Prime;
        Span<uint> values = MemoryMarshal.Cast<byte, uint>(secrets.Span);
        Span<uint> left = values[..n];
        Span<uint> right = values.Slice(n, n);
        Span<uint> product = values[(2 * n)..];
        Load(ntt, key.f, left);
        Load(ntt, key.G, right);
        for (int i = 0; i < n; i++)
            product[i] = prime.Multiply(left[i], right[i]);
        Load(ntt, key.g, left);
        Load(ntt, key.F, right);

        // The constant q, transformed, is q everywhere; the products carry a division by 2^32.
        uint expected = prime.Multiply(FalconParameters.Q, 1);
        uint wrong = 0;
        for (int i = 0; i < n; i++)
            wrong |= prime.Subtract(product[i], prime.Multiply(left[i], right[i])) ^ expected;
        return Declassified.Value(wrong == 0); // whether a key is one
    }

    /// <summary>The transform of small coefficients.</summary>
    public static void Load(SmallPrimeNtt ntt, ReadOnlySpan<sbyte> source, Span<uint> target)
    {
        for (int i = 0; i < target.Length; i++)
            target[i] = ntt.Prime.FromSigned(source[i]);
        ntt.Transform(target);
    }
}
