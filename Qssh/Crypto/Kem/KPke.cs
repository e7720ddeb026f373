using Qssh.Crypto.Hashes;
using Qssh.Secrets;

namespace Qssh.Crypto.Kem;

/// <summary>
/// K-PKE, the public-key encryption inside ML-KEM (FIPS 203, section 5). Keys are passed expanded: the matrix A as sampled from rho,
/// t and s in the NTT domain.
/// </summary>
internal static class KPke
{
    private const int N = MlKemParameters.N;
    private const int Seed = MlKemParameters.SeedSize;
    private const int MaxVector = MlKemParameters.MaxK * N;

    /// <summary>Algorithm 13. Writes ek, and A, t and s expanded; ByteEncode_12(s) is the dk of the standard.</summary>
    public static void KeyGen(MlKemParameters set, ReadOnlySpan<byte> d, Span<byte> ek, Span<short> a, Span<short> t, Span<short> s)
    {
        Span<byte> input = stackalloc byte[Seed + 1];
        Span<byte> rhoSigma = stackalloc byte[2 * Seed];
        Span<short> e = (stackalloc short[MaxVector])[..(set.K * N)];
        d.CopyTo(input);
        input[Seed] = (byte)set.K;
        Sha3.Hash512(input, rhoSigma);
        Declassified.Contents(rhoSigma[..Seed]); // rho is the end of ek
        Sampling.Matrix(rhoSigma[..Seed], set.K, a);
        Sampling.Noise(rhoSigma[Seed..], 0, s);
        Sampling.Noise(rhoSigma[Seed..], set.K, e);
        for (int i = 0; i < set.K; i++)
        {
            Ntt.Forward(s.Slice(i * N, N));
            Ntt.Forward(e.Slice(i * N, N));
        }

        for (int i = 0; i < set.K; i++)
            Ntt.InnerProduct(a.Slice(i * set.K * N, set.K * N), N, s, t.Slice(i * N, N));
        Polynomials.MultiplyByR(t);
        Polynomials.Add(t, e);
        Polynomials.MakeCanonical(t);
        ByteCoding.ByteEncode12(t, ek);
        rhoSigma[..Seed].CopyTo(ek[^Seed..]);
        Declassified.Contents(ek);
        ConstantTime.Wipe(input);
        ConstantTime.Wipe(rhoSigma);
        Polynomials.Wipe(e);
    }

    /// <summary>Algorithm 14.</summary>
    public static void Encrypt(MlKemParameters set, ReadOnlySpan<short> a, ReadOnlySpan<short> t, ReadOnlySpan<byte> m, ReadOnlySpan<byte> r, Span<byte> c)
    {
        Span<short> y = (stackalloc short[MaxVector])[..(set.K * N)];
        Span<short> e = (stackalloc short[MaxVector + N])[..((set.K + 1) * N)];
        Span<short> u = stackalloc short[N];
        Sampling.Noise(r, 0, y);
        Sampling.Noise(r, set.K, e); // e1, then e2
        for (int i = 0; i < set.K; i++)
            Ntt.Forward(y.Slice(i * N, N));

        int size = 32 * set.Du;
        for (int i = 0; i < set.K; i++)
        {
            Ntt.InnerProduct(a[(i * N)..], set.K * N, y, u); // row i of the transpose of A
            Ntt.Inverse(u);
            Polynomials.Add(u, e.Slice(i * N, N));
            ByteCoding.CompressAndEncode(u, set.Du, c.Slice(i * size, size));
        }

        Span<short> e2 = e[^N..];
        Ntt.InnerProduct(t, N, y, u);
        Ntt.Inverse(u);
        Polynomials.Add(u, e2);
        ByteCoding.DecodeAndDecompress(m, 1, e2); // mu
        Polynomials.Add(u, e2);
        ByteCoding.CompressAndEncode(u, set.Dv, c[(set.K * size)..]);
        Polynomials.Wipe(y);
        Polynomials.Wipe(e);
        Polynomials.Wipe(u);
    }

    /// <summary>Algorithm 15.</summary>
    public static void Decrypt(MlKemParameters set, ReadOnlySpan<short> s, ReadOnlySpan<byte> c, Span<byte> m)
    {
        Span<short> u = (stackalloc short[MaxVector])[..(set.K * N)];
        Span<short> v = stackalloc short[N];
        Span<short> w = stackalloc short[N];
        int size = 32 * set.Du;
        for (int i = 0; i < set.K; i++)
        {
            ByteCoding.DecodeAndDecompress(c.Slice(i * size, size), set.Du, u.Slice(i * N, N));
            Ntt.Forward(u.Slice(i * N, N));
        }

        ByteCoding.DecodeAndDecompress(c[(set.K * size)..], set.Dv, v);
        Ntt.InnerProduct(s, N, u, w);
        Ntt.Inverse(w);
        Polynomials.SubtractFrom(w, v);
        ByteCoding.CompressAndEncode(w, 1, m);
        Polynomials.Wipe(u);
        Polynomials.Wipe(w);
    }
}
