using Qssh.Secrets;

namespace Qssh.Crypto.Signatures.MlDsa;

/// <summary>Verification (FIPS 204, algorithms 3 and 8). All inputs are public.</summary>
internal static class MlDsaVerifier
{
    /// <summary>Algorithm 3: the pure form with a context. False for wrong lengths, too.</summary>
    public static bool Verify(
        MlDsaParameters parameters,
        ReadOnlySpan<byte> publicKey,
        ReadOnlySpan<byte> context,
        ReadOnlySpan<byte> message,
        ReadOnlySpan<byte> signature)
    {
        if (publicKey.Length != parameters.PublicKeySize || signature.Length != parameters.SignatureSize)
            return false;
        if (context.Length > MlDsaParameters.MaximumContextSize)
            return false;

        Span<byte> tr = stackalloc byte[MlDsaParameters.LongSize];
        Span<byte> mu = stackalloc byte[MlDsaParameters.LongSize];
        MlDsaHash.H(publicKey, default, tr);
        MlDsaHash.Mu(tr, context, message, mu);
        return VerifyInternal(parameters, publicKey, mu, signature);
    }

    /// <summary>Algorithm 8, Verify_internal, from the message representative mu on. The lengths are right.</summary>
    public static bool VerifyInternal(
        MlDsaParameters parameters, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> mu, ReadOnlySpan<byte> signature)
    {
        int k = parameters.K;
        int l = parameters.L;
        Span<int> workspace = stackalloc int[(l + k + k + 1 + (k * l)) * MlDsaParameters.N];
        PolynomialVector z = PolynomialVector.Take(ref workspace, l);
        PolynomialVector h = PolynomialVector.Take(ref workspace, k);
        PolynomialVector w1 = PolynomialVector.Take(ref workspace, k);
        Span<int> c = PolynomialVector.Take(ref workspace, 1).Coefficients;
        PolynomialVector a = PolynomialVector.Take(ref workspace, k * l);
        if (!MlDsaEncoding.SigDecode(parameters, signature, z, h))
            return false;

        ReadOnlySpan<byte> cTilde = signature[..parameters.CTildeSize];
        MlDsaSampling.ExpandA(parameters, publicKey[..MlDsaParameters.ShortSize], a);
        MlDsaSampling.SampleInBall(parameters, cTilde, c);
        MlDsaEncoding.DecodeT1(publicKey[MlDsaParameters.ShortSize..], w1);
        z.NTT();
        MlDsaNtt.NTT(c);
        for (int i = 0; i < k; i++)
            RecomputeW1(parameters, a.Slice(i * l, l), z, c, h[i], w1[i]);

        Span<byte> w1Bytes = stackalloc byte[k * MlDsaParameters.PackedSize(parameters.W1Bits)];
        Span<byte> expected = stackalloc byte[parameters.CTildeSize];
        MlDsaEncoding.W1Encode(parameters, w1, w1Bytes);
        MlDsaHash.H(mu, w1Bytes, expected);
        return ConstantTime.AreEqual(expected, cTilde);
    }

    /// <summary>Lines 9 and 10 for one row: from t1 to UseHint(h, A z - c t1 2^d).</summary>
    private static void RecomputeW1(
        MlDsaParameters parameters, PolynomialVector row, PolynomialVector zHat, ReadOnlySpan<int> cHat, ReadOnlySpan<int> hint, Span<int> t1)
    {
        Span<int> product = stackalloc int[MlDsaParameters.N];
        MlDsaPolynomial.ShiftLeftByD(t1);
        MlDsaNtt.NTT(t1);
        MlDsaMatrix.MultiplyNTT(cHat, t1, product);
        MlDsaMatrix.RowVectorNTT(row.Coefficients, zHat.Coefficients, t1);
        MlDsaPolynomial.SubtractReduced(t1, product, t1);
        MlDsaNtt.InverseNTT(t1);
        MlDsaPolynomial.ToCanonical(t1);
        MlDsaPolynomial.UseHint(hint, t1, parameters);
    }
}
