namespace Qssh.Crypto.Kem;

/// <summary>
/// A parameter set of FIPS 203, section 8: values of table 2, sizes of table 3. eta1 = eta2 = 2 in both sets; ML-KEM-512, which
/// differs there, is not offered.
/// </summary>
internal sealed class MlKemParameters
{
    public const int N = 256;
    public const int Q = 3329;
    public const int Eta = 2;

    /// <summary>Size of each of d, z, m, rho, r and of the shared secret K.</summary>
    public const int SeedSize = 32;

    /// <summary>Size of a polynomial under ByteEncode12.</summary>
    public const int PolynomialSize = 32 * 12;

    /// <summary>The largest values of any set, for buffers on the stack.</summary>
    public const int MaxK = 4;
    public const int MaxCiphertextSize = 1568;

    private MlKemParameters(string name, int k, int du, int dv) => (Name, K, Du, Dv) = (name, k, du, dv);

    public static MlKemParameters MlKem768 { get; } = new("ML-KEM-768", k: 3, du: 10, dv: 4);

    public static MlKemParameters MlKem1024 { get; } = new("ML-KEM-1024", k: 4, du: 11, dv: 5);

    public string Name { get; }

    public int K { get; }

    public int Du { get; }

    public int Dv { get; }

    public int EncapsulationKeySize => (PolynomialSize * K) + SeedSize;

    public int DecapsulationKeySize => (2 * PolynomialSize * K) + (3 * SeedSize);

    public int CiphertextSize => 32 * ((Du * K) + Dv);
}
