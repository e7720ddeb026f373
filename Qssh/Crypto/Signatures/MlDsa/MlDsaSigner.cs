using System.Runtime.InteropServices;
using Qssh.Secrets;

namespace Qssh.Crypto.Signatures.MlDsa;

/// <summary>
/// Algorithm 7 of FIPS 204, Sign_internal, from the message representative mu on. Where secrets influence the flow, completely:
/// <list type="number">
/// <item>A candidate is refused when r0, z or c t0 is too large or the hint too long, and the next one is tried. That is the scheme
/// itself: whether, at which polynomial and how often is independent of the key. Each norm check looks at a whole polynomial, so that
/// sign and place of the offending coefficient do not show; a refused candidate is wiped, never shown.</item>
/// <item><see cref="MlDsaSampling.SampleInBall"/> branches and indexes by c~, a hash of w1. An accepted c~ is in the signature; a
/// refused one is the hash of a value that a fresh mask made, and says nothing of the key.</item>
/// <item><see cref="MlDsaHint.HintBitPack"/> branches on the hint of the accepted candidate, which is in the signature.</item>
/// <item>In key generation, which nibbles are refused (<see cref="MlDsaSampling.ExpandS"/>): independent of those accepted.</item>
/// </list>
/// Everything else that touches K, s1, s2, t0, y, w or c s is straight-line arithmetic with public loop bounds and indices.
/// </summary>
internal static class MlDsaSigner
{
    /// <param name="rnd">32 bytes: fresh randomness, or zeros for the deterministic variant.</param>
    /// <param name="signature">Receives the signature; holds nothing else secret on the way.</param>
    public static void SignInternal(MlDsaExpandedKey key, ReadOnlySpan<byte> mu, ReadOnlySpan<byte> rnd, Span<byte> signature)
    {
        MlDsaParameters parameters = key.Parameters;
        Span<byte> rhoSecond = stackalloc byte[MlDsaParameters.LongSize];
        Span<byte> maskBytes = stackalloc byte[MlDsaMasks.WorkspaceSize];
        Span<byte> w1Bytes = stackalloc byte[parameters.K * MlDsaParameters.PackedSize(parameters.W1Bits)];
        Span<int> coefficients = stackalloc int[Candidate.Polynomials(parameters) * MlDsaParameters.N];
        Candidate candidate = new(key, coefficients);
        try
        {
            MlDsaHash.H(key.K, rnd, mu, rhoSecond);
            MlDsaMasks masks = new(parameters, rhoSecond, maskBytes);
            do
            {
                candidate.Commit(ref masks);
                MlDsaEncoding.W1Encode(parameters, candidate.W1, w1Bytes);
                MlDsaHash.H(mu, w1Bytes, signature[..parameters.CTildeSize]);
                Declassified.Contents(signature[..parameters.CTildeSize]); // item 2
            }
            while (!candidate.TryRespond(signature[..parameters.CTildeSize]));

            Declassified.Contents(candidate.W.Coefficients); // item 3
            MlDsaEncoding.SigEncode(parameters, candidate.Z, candidate.W, signature);
        }
        finally
        {
            ConstantTime.Wipe(rhoSecond);
            ConstantTime.Wipe(maskBytes);
            ConstantTime.Wipe(w1Bytes);
            ConstantTime.Wipe(MemoryMarshal.AsBytes(coefficients));
        }
    }

    /// <summary>One round of the rejection loop, lines 11 to 30.</summary>
    private readonly ref struct Candidate
    {
        private readonly MlDsaExpandedKey _key;
        private readonly MlDsaParameters _parameters;
        private readonly PolynomialVector _y;
        private readonly Span<int> _c;
        private readonly Span<int> _product;

        public Candidate(MlDsaExpandedKey key, Span<int> workspace)
        {
            _key = key;
            _parameters = key.Parameters;
            _y = PolynomialVector.Take(ref workspace, _parameters.L);
            Z = PolynomialVector.Take(ref workspace, _parameters.L);
            W = PolynomialVector.Take(ref workspace, _parameters.K);
            W1 = PolynomialVector.Take(ref workspace, _parameters.K);
            _c = PolynomialVector.Take(ref workspace, 1).Coefficients;
            _product = PolynomialVector.Take(ref workspace, 1).Coefficients;
        }

        /// <summary>The transform of y at first, the response z at last.</summary>
        public PolynomialVector Z { get; }

        /// <summary>w at first, the hint at last.</summary>
        public PolynomialVector W { get; }

        /// <summary>High bits of w.</summary>
        public PolynomialVector W1 { get; }

        public static int Polynomials(MlDsaParameters parameters) => (2 * parameters.L) + (2 * parameters.K) + 2;

        /// <summary>Lines 11 to 13: y, w = A y, w1.</summary>
        public void Commit(ref MlDsaMasks masks)
        {
            masks.ExpandMask(_y);
            _y.Coefficients.CopyTo(Z.Coefficients);
            Z.NTT();
            for (int i = 0; i < W.Count; i++)
            {
                Span<int> w = W[i];
                MlDsaMatrix.RowVectorNTT(_key.AHat.Slice(i * _parameters.L, _parameters.L).Coefficients, Z.Coefficients, w);
                MlDsaNtt.InverseNTT(w);
                MlDsaPolynomial.ToCanonical(w);
                MlDsaPolynomial.Decompose(w, W1[i], _product, _parameters);
            }
        }

        /// <summary>Lines 16 to 28. The r0 check comes first: it refuses most.</summary>
        public bool TryRespond(ReadOnlySpan<byte> cTilde)
        {
            MlDsaSampling.SampleInBall(_parameters, cTilde, _c);
            MlDsaNtt.NTT(_c);
            return CheckR0() && CheckZ() && MakeHint();
        }

        /// <summary>W becomes w - c s2, W1 its high bits; its low bits must stay below gamma2 - beta.</summary>
        private bool CheckR0()
        {
            for (int i = 0; i < W.Count; i++)
            {
                Multiply(_key.S2Hat[i]);
                MlDsaPolynomial.SubtractReduced(W[i], _product, W[i]);
                MlDsaPolynomial.ToCanonical(W[i]);
                MlDsaPolynomial.Decompose(W[i], W1[i], _product, _parameters);
                if (!MlDsaPolynomial.IsNormBelow(_product, _parameters.Gamma2 - _parameters.Beta))
                    return false;
            }

            return true;
        }

        /// <summary>z = y + c s1 must stay below gamma1 - beta.</summary>
        private bool CheckZ()
        {
            for (int i = 0; i < Z.Count; i++)
            {
                Multiply(_key.S1Hat[i]);
                MlDsaPolynomial.AddReduced(_y[i], _product, Z[i]);
                if (!MlDsaPolynomial.IsNormBelow(Z[i], _parameters.Gamma1 - _parameters.Beta))
                    return false;
            }

            return true;
        }

        /// <summary>W becomes MakeHint(-c t0, w - c s2 + c t0): ones where c t0 changes the high bits, at most omega.</summary>
        private bool MakeHint()
        {
            int ones = 0;
            for (int i = 0; i < W.Count; i++)
            {
                Multiply(_key.T0Hat[i]);
                MlDsaPolynomial.Reduce(_product);
                if (!MlDsaPolynomial.IsNormBelow(_product, _parameters.Gamma2))
                    return false;
                MlDsaPolynomial.AddReduced(W[i], _product, W[i]);
                MlDsaPolynomial.ToCanonical(W[i]);
                ones += MlDsaPolynomial.MakeHint(W[i], W1[i], _parameters);
            }

            return Declassified.Value(ones <= _parameters.Omega); // item 1
        }

        /// <summary>The product with c, in (-q, q).</summary>
        private void Multiply(ReadOnlySpan<int> transformed)
        {
            MlDsaMatrix.MultiplyNTT(_c, transformed, _product);
            MlDsaNtt.InverseNTT(_product);
        }
    }
}
