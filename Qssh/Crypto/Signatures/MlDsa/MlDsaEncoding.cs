namespace Qssh.Crypto.Signatures.MlDsa;

/// <summary>
/// Keys and signatures as bytes (FIPS 204, section 7.2):
/// <code>
/// pk  = rho 32 | t1: k polynomials of 10 bits
/// sk  = rho 32 | K 32 | tr 64 | s1: l, s2: k of bitlen(2 eta) bits | t0: k of 13 bits
/// sig = c~ lambda / 4 | z: l of 1 + bitlen(gamma1 - 1) bits | hint omega + k
/// </code>
/// </summary>
internal static class MlDsaEncoding
{
    private const int T0Bound = 1 << (MlDsaParameters.D - 1);

    /// <summary>The part of algorithm 22 after rho.</summary>
    public static void EncodeT1(PolynomialVector t1, Span<byte> packed)
    {
        int size = MlDsaParameters.PackedSize(MlDsaParameters.T1Bits);
        for (int i = 0; i < t1.Count; i++)
            MlDsaPacking.SimpleBitPack(t1[i], MlDsaParameters.T1Bits, packed.Slice(i * size, size));
    }

    /// <summary>The part of algorithm 23 after rho. Every string of the right length is an encoding.</summary>
    public static void DecodeT1(ReadOnlySpan<byte> packed, PolynomialVector t1)
    {
        int size = MlDsaParameters.PackedSize(MlDsaParameters.T1Bits);
        for (int i = 0; i < t1.Count; i++)
            MlDsaPacking.SimpleBitUnpack(packed.Slice(i * size, size), MlDsaParameters.T1Bits, t1[i]);
    }

    /// <summary>The part of algorithm 24 after tr: s1 and s2 as one vector, then t0.</summary>
    public static void EncodeSecrets(MlDsaParameters parameters, PolynomialVector s, PolynomialVector t0, Span<byte> packed)
    {
        int size = MlDsaParameters.PackedSize(parameters.EtaBits);
        for (int i = 0; i < s.Count; i++)
            MlDsaPacking.BitPack(s[i], parameters.Eta, parameters.EtaBits, packed.Slice(i * size, size));
        packed = packed[(s.Count * size)..];
        size = MlDsaParameters.PackedSize(MlDsaParameters.D);
        for (int i = 0; i < t0.Count; i++)
            MlDsaPacking.BitPack(t0[i], T0Bound, MlDsaParameters.D, packed.Slice(i * size, size));
    }

    /// <summary>The part of algorithm 25 after tr. False: a coefficient of s1 or s2 is out of range.</summary>
    public static bool DecodeSecrets(MlDsaParameters parameters, ReadOnlySpan<byte> packed, PolynomialVector s, PolynomialVector t0)
    {
        bool inRange = true;
        int size = MlDsaParameters.PackedSize(parameters.EtaBits);
        for (int i = 0; i < s.Count; i++)
        {
            MlDsaPacking.BitUnpack(packed.Slice(i * size, size), parameters.Eta, parameters.EtaBits, s[i]);
            inRange &= MlDsaPolynomial.IsNormBelow(s[i], parameters.Eta + 1);
        }

        packed = packed[(s.Count * size)..];
        size = MlDsaParameters.PackedSize(MlDsaParameters.D);
        for (int i = 0; i < t0.Count; i++)
            MlDsaPacking.BitUnpack(packed.Slice(i * size, size), T0Bound, MlDsaParameters.D, t0[i]);
        return inRange;
    }

    /// <summary>Algorithm 26 after c~, which already stands in the signature.</summary>
    public static void SigEncode(MlDsaParameters parameters, PolynomialVector z, PolynomialVector h, Span<byte> signature)
    {
        int size = MlDsaParameters.PackedSize(parameters.ZBits);
        Span<byte> packed = signature[parameters.CTildeSize..];
        for (int i = 0; i < z.Count; i++)
            MlDsaPacking.BitPack(z[i], parameters.Gamma1, parameters.ZBits, packed.Slice(i * size, size));
        MlDsaHint.HintBitPack(h, parameters.Omega, packed[(z.Count * size)..]);
    }

    /// <summary>Algorithm 27, with the norm check of algorithm 8, line 13. False: no valid signature looks like this.</summary>
    public static bool SigDecode(MlDsaParameters parameters, ReadOnlySpan<byte> signature, PolynomialVector z, PolynomialVector h)
    {
        int size = MlDsaParameters.PackedSize(parameters.ZBits);
        ReadOnlySpan<byte> packed = signature[parameters.CTildeSize..];
        if (!MlDsaHint.HintBitUnpack(packed[(z.Count * size)..], parameters.Omega, h))
            return false;
        for (int i = 0; i < z.Count; i++)
        {
            MlDsaPacking.BitUnpack(packed.Slice(i * size, size), parameters.Gamma1, parameters.ZBits, z[i]);
            if (!MlDsaPolynomial.IsNormBelow(z[i], parameters.Gamma1 - parameters.Beta))
                return false;
        }

        return true;
    }

    /// <summary>Algorithm 28.</summary>
    public static void W1Encode(MlDsaParameters parameters, PolynomialVector w1, Span<byte> packed)
    {
        int size = MlDsaParameters.PackedSize(parameters.W1Bits);
        for (int i = 0; i < w1.Count; i++)
            MlDsaPacking.SimpleBitPack(w1[i], parameters.W1Bits, packed.Slice(i * size, size));
    }
}
