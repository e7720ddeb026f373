namespace Qssh.Crypto.Signatures.MlDsa;

/// <summary>
/// A parameter set of ML-DSA (FIPS 204, section 4, tables 1 and 2). Everything here is public.
/// </summary>
internal sealed class MlDsaParameters
{
    /// <summary>The modulus q = 2^23 - 2^13 + 1.</summary>
    public const int Q = 8380417;

    /// <summary>Coefficients of a polynomial.</summary>
    public const int N = 256;

    /// <summary>Dropped bits of t.</summary>
    public const int D = 13;

    /// <summary>The seed xi of key generation: our stored private form.</summary>
    public const int SeedSize = 32;

    /// <summary>rho, K and rnd.</summary>
    public const int ShortSize = 32;

    /// <summary>tr, mu, rho' and rho''.</summary>
    public const int LongSize = 64;

    /// <summary>Longest context of the external functions.</summary>
    public const int MaximumContextSize = 255;

    public const int LargestK = 8;
    public const int LargestL = 7;

    public static readonly MlDsaParameters MlDsa44 =
        new() { Scheme = SignatureScheme.MlDsa44, Tau = 39, Lambda = 128, Gamma1Bits = 17, Gamma2 = (Q - 1) / 88, K = 4, L = 4, Eta = 2, Omega = 80 };

    public static readonly MlDsaParameters MlDsa65 =
        new() { Scheme = SignatureScheme.MlDsa65, Tau = 49, Lambda = 192, Gamma1Bits = 19, Gamma2 = (Q - 1) / 32, K = 6, L = 5, Eta = 4, Omega = 55 };

    public static readonly MlDsaParameters MlDsa87 =
        new() { Scheme = SignatureScheme.MlDsa87, Tau = 60, Lambda = 256, Gamma1Bits = 19, Gamma2 = (Q - 1) / 32, K = 8, L = 7, Eta = 2, Omega = 75 };

    private MlDsaParameters()
    {
    }

    public required SignatureScheme Scheme { get; init; }

    /// <summary>Number of ±1 in the challenge c.</summary>
    public required int Tau { get; init; }

    /// <summary>Collision strength of c~ in bits.</summary>
    public required int Lambda { get; init; }

    public required int Gamma1Bits { get; init; }

    /// <summary>Range of the coefficients of y.</summary>
    public int Gamma1 => 1 << Gamma1Bits;

    /// <summary>Low-order rounding range.</summary>
    public required int Gamma2 { get; init; }

    /// <summary>Rows of A.</summary>
    public required int K { get; init; }

    /// <summary>Columns of A.</summary>
    public required int L { get; init; }

    /// <summary>Range of the private key's coefficients.</summary>
    public required int Eta { get; init; }

    public int Beta => Tau * Eta;

    /// <summary>Most ones in the hint h.</summary>
    public required int Omega { get; init; }

    /// <summary>m of algorithm 40: number of values of HighBits.</summary>
    public int HighBitsCount => (Q - 1) / (2 * Gamma2);

    public int CTildeSize => Lambda / 4;

    public int EtaBits => Eta == 2 ? 3 : 4;

    public int ZBits => Gamma1Bits + 1;

    public int W1Bits => HighBitsCount == 16 ? 4 : 6;

    public int PublicKeySize => ShortSize + (K * PackedSize(T1Bits));

    /// <summary>Size of sk of FIPS 204, which we keep in no file.</summary>
    public int EncodedPrivateKeySize => (2 * ShortSize) + LongSize + ((K + L) * PackedSize(EtaBits)) + (K * PackedSize(D));

    public int SignatureSize => CTildeSize + (L * PackedSize(ZBits)) + Omega + K;

    /// <summary>bitlen(q - 1) - d.</summary>
    public const int T1Bits = 10;

    /// <summary>Bytes of a polynomial with so many bits per coefficient.</summary>
    public static int PackedSize(int bits) => N / 8 * bits;
}
