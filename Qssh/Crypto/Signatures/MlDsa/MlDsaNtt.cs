using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Qssh.Crypto.Signatures.MlDsa;

/// <summary>
/// The number-theoretic transform of FIPS 204, section 7.5. Coefficients are not kept canonical between layers; the bounds:
/// forward, input below 2q in absolute value: each layer adds less than q, so the output is below 10q &lt; 2^31. Inverse, input
/// below q: sums double per layer to at most 256q &lt; 2^31, the last multiplication brings the output below q.
/// </summary>
internal static class MlDsaNtt
{
    /// <summary>Algorithm 41, in place.</summary>
    public static void NTT(Span<int> w)
    {
        if (Sse41.IsSupported)
            MlDsaVectorNtt<Sse41Lanes>.NTT(w);
        else if (AdvSimd.Arm64.IsSupported)
            MlDsaVectorNtt<AdvSimdLanes>.NTT(w);
        else
            PortableNTT(w);
    }

    /// <summary>Algorithm 42, in place, times 2^32: the input is the result of a product that algorithm 49 divided by 2^32.</summary>
    public static void InverseNTT(Span<int> w)
    {
        if (Sse41.IsSupported)
            MlDsaVectorNtt<Sse41Lanes>.InverseNTT(w);
        else if (AdvSimd.Arm64.IsSupported)
            MlDsaVectorNtt<AdvSimdLanes>.InverseNTT(w);
        else
            PortableInverseNTT(w);
    }

    internal static void PortableNTT(Span<int> w)
    {
        int m = 0;
        for (int len = 128; len >= 1; len /= 2)
        {
            for (int start = 0; start < MlDsaParameters.N; start += 2 * len)
            {
                m++;
                long z = MlDsaZetas.Forward[m];
                for (int j = start; j < start + len; j++)
                {
                    int t = MlDsaField.MontgomeryReduce(z * w[j + len]);
                    w[j + len] = w[j] - t;
                    w[j] += t;
                }
            }
        }
    }

    internal static void PortableInverseNTT(Span<int> w)
    {
        int m = 256;
        for (int len = 1; len < MlDsaParameters.N; len *= 2)
        {
            for (int start = 0; start < MlDsaParameters.N; start += 2 * len)
            {
                m--;
                long z = -MlDsaZetas.Forward[m];
                for (int j = start; j < start + len; j++)
                {
                    int t = w[j];
                    w[j] = t + w[j + len];
                    w[j + len] = MlDsaField.MontgomeryReduce(z * (t - w[j + len]));
                }
            }
        }

        for (int j = 0; j < w.Length; j++)
            w[j] = MlDsaField.MontgomeryReduce((long)MlDsaZetas.InverseOf256 * w[j]);
    }
}
