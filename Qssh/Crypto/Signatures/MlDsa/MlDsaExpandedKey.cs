using System.Runtime.InteropServices;
using Qssh.Secrets;

namespace Qssh.Crypto.Signatures.MlDsa;

/// <summary>
/// A private key in the form that signing wants: A, and s1, s2, t0 transformed. The same for every signature, so that it is computed
/// once. Wiped on dispose.
/// </summary>
internal sealed class MlDsaExpandedKey : IDisposable
{
    private const int HeaderSize = MlDsaParameters.ShortSize + MlDsaParameters.LongSize;

    private readonly int[] _a;
    private readonly SecretBuffer _secrets;

    private MlDsaExpandedKey(MlDsaParameters parameters)
    {
        Parameters = parameters;
        _a = GC.AllocateUninitializedArray<int>(parameters.K * parameters.L * MlDsaParameters.N);
        int polynomials = parameters.L + (2 * parameters.K);
        _secrets = new SecretBuffer(HeaderSize + (polynomials * MlDsaParameters.N * sizeof(int)));
    }

    public MlDsaParameters Parameters { get; }

    /// <summary>The seed of the masks.</summary>
    public ReadOnlySpan<byte> K => KSpan;

    /// <summary>Hash of the public key.</summary>
    public ReadOnlySpan<byte> Tr => TrSpan;

    /// <summary>A in the transformed domain, row by row.</summary>
    public PolynomialVector AHat => new(_a);

    /// <summary>s1 in the transformed domain.</summary>
    public PolynomialVector S1Hat => Polynomials(0, Parameters.L);

    public PolynomialVector S2Hat => Polynomials(Parameters.L, Parameters.K);

    public PolynomialVector T0Hat => Polynomials(Parameters.L + Parameters.K, Parameters.K);

    private Span<byte> KSpan => _secrets.Span[..MlDsaParameters.ShortSize];

    private Span<byte> TrSpan => _secrets.Span.Slice(MlDsaParameters.ShortSize, MlDsaParameters.LongSize);

    /// <summary>Algorithm 6, KeyGen_internal.</summary>
    /// <param name="xi">The seed.</param>
    /// <param name="publicKey">Receives pk.</param>
    /// <param name="encodedPrivateKey">Receives sk, unless empty.</param>
    public static MlDsaExpandedKey KeyGenInternal(
        MlDsaParameters parameters, ReadOnlySpan<byte> xi, Span<byte> publicKey, Span<byte> encodedPrivateKey)
    {
        const int RhoEnd = MlDsaParameters.ShortSize;
        const int RhoPrimeEnd = RhoEnd + MlDsaParameters.LongSize;
        MlDsaExpandedKey key = new(parameters);
        Span<byte> seeds = stackalloc byte[RhoPrimeEnd + MlDsaParameters.ShortSize];
        Span<int> workspace = stackalloc int[(parameters.L + (2 * parameters.K)) * MlDsaParameters.N];
        Span<int> rest = workspace;
        PolynomialVector s = PolynomialVector.Take(ref rest, parameters.L + parameters.K);
        PolynomialVector t1 = PolynomialVector.Take(ref rest, parameters.K);

        MlDsaHash.H(xi, [(byte)parameters.K, (byte)parameters.L], seeds);
        ReadOnlySpan<byte> rho = seeds[..RhoEnd];
        Declassified.Contents(seeds[..RhoEnd]); // the start of pk
        seeds[RhoPrimeEnd..].CopyTo(key.KSpan);
        MlDsaSampling.ExpandA(parameters, rho, key.AHat);
        MlDsaSampling.ExpandS(parameters, seeds[RhoEnd..RhoPrimeEnd], s);
        key.ComputeT(s, t1);
        rho.CopyTo(publicKey);
        MlDsaEncoding.EncodeT1(t1, publicKey[RhoEnd..]);
        Declassified.Contents(publicKey);
        MlDsaHash.H(publicKey, default, key.TrSpan);
        if (!encodedPrivateKey.IsEmpty)
            key.Encode(rho, s, encodedPrivateKey);
        key.S2Hat.NTT();
        key.T0Hat.NTT();

        ConstantTime.Wipe(seeds);
        ConstantTime.Wipe(MemoryMarshal.AsBytes(workspace));
        return key;
    }

    /// <summary>Algorithm 25, skDecode. Null: wrong length, or s1 or s2 out of range.</summary>
    public static MlDsaExpandedKey? Decode(MlDsaParameters parameters, ReadOnlySpan<byte> encodedPrivateKey)
    {
        if (encodedPrivateKey.Length != parameters.EncodedPrivateKeySize)
            return null;

        MlDsaExpandedKey key = new(parameters);
        ReadOnlySpan<byte> rest = encodedPrivateKey[MlDsaParameters.ShortSize..];
        rest[..HeaderSize].CopyTo(key._secrets.Span);
        if (!MlDsaEncoding.DecodeSecrets(parameters, rest[HeaderSize..], key.Polynomials(0, parameters.L + parameters.K), key.T0Hat))
        {
            key.Dispose();
            return null;
        }

        MlDsaSampling.ExpandA(parameters, encodedPrivateKey[..MlDsaParameters.ShortSize], key.AHat);
        key.S1Hat.NTT();
        key.S2Hat.NTT();
        key.T0Hat.NTT();
        return key;
    }

    public void Dispose() => _secrets.Dispose();

    /// <summary>Lines 5 and 6: t = A s1 + s2, rounded to t1 and t0. Leaves S1Hat transformed, S2Hat and T0Hat not yet.</summary>
    private void ComputeT(PolynomialVector s, PolynomialVector t1)
    {
        s.Coefficients.CopyTo(Polynomials(0, s.Count).Coefficients);
        PolynomialVector s1Hat = S1Hat;
        PolynomialVector t0 = T0Hat;
        s1Hat.NTT();
        for (int i = 0; i < t1.Count; i++)
        {
            Span<int> t = t1[i];
            MlDsaMatrix.RowVectorNTT(AHat.Slice(i * Parameters.L, Parameters.L).Coefficients, s1Hat.Coefficients, t);
            MlDsaNtt.InverseNTT(t);
            MlDsaPolynomial.AddReduced(t, s[Parameters.L + i], t);
            MlDsaPolynomial.ToCanonical(t);
            MlDsaPolynomial.Power2Round(t, t, t0[i]);
        }
    }

    /// <summary>Algorithm 24, skEncode.</summary>
    private void Encode(ReadOnlySpan<byte> rho, PolynomialVector s, Span<byte> encoded)
    {
        rho.CopyTo(encoded);
        Span<byte> rest = encoded[MlDsaParameters.ShortSize..];
        _secrets.Span[..HeaderSize].CopyTo(rest);
        MlDsaEncoding.EncodeSecrets(Parameters, s, T0Hat, rest[HeaderSize..]);
    }

    private PolynomialVector Polynomials(int start, int count) =>
        new PolynomialVector(MemoryMarshal.Cast<byte, int>(_secrets.Span[HeaderSize..])).Slice(start, count);
}
