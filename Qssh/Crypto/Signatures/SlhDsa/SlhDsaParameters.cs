namespace Qssh.Crypto.Signatures.SlhDsa;

/// <summary>A parameter set of SLH-DSA (FIPS 205, section 11, table 2). Everything here is public.</summary>
internal sealed class SlhDsaParameters
{
    /// <summary>lg_w: digits of WOTS+ have 4 bits in every set.</summary>
    public const int DigitBits = 4;

    /// <summary>w: length of a WOTS+ chain.</summary>
    public const int W = 1 << DigitBits;

    /// <summary>len_2: digits of the checksum, the same for every n (equation 5.3).</summary>
    public const int Len2 = 3;

    /// <summary>Longest context of the external functions.</summary>
    public const int MaximumContextSize = 255;

    public const int LargestN = 32;
    public const int LargestLen = (2 * LargestN) + Len2;
    public const int LargestHPrime = 9;
    public const int LargestK = 35;
    public const int LargestM = 49;

    public static readonly SlhDsaParameters Sha2128s = Set128s("SHA2", false);
    public static readonly SlhDsaParameters Shake128s = Set128s("SHAKE", true);
    public static readonly SlhDsaParameters Sha2128f = Set128f("SHA2", false);
    public static readonly SlhDsaParameters Shake128f = Set128f("SHAKE", true);
    public static readonly SlhDsaParameters Sha2192s = Set192s("SHA2", false);
    public static readonly SlhDsaParameters Shake192s = Set192s("SHAKE", true);
    public static readonly SlhDsaParameters Sha2192f = Set192f("SHA2", false);
    public static readonly SlhDsaParameters Shake192f = Set192f("SHAKE", true);
    public static readonly SlhDsaParameters Sha2256s = Set256s("SHA2", false);
    public static readonly SlhDsaParameters Shake256s = Set256s("SHAKE", true);
    public static readonly SlhDsaParameters Sha2256f = Set256f("SHA2", false);
    public static readonly SlhDsaParameters Shake256f = Set256f("SHAKE", true);

    private static readonly SlhDsaParameters[] s_all =
    [
        Sha2128s, Shake128s, Sha2128f, Shake128f, Sha2192s, Shake192s, Sha2192f, Shake192f, Sha2256s, Shake256s, Sha2256f, Shake256f,
    ];

    private SlhDsaParameters()
    {
    }

    /// <summary>The twelve sets in the order of the standard's table.</summary>
    public static IReadOnlyList<SlhDsaParameters> All => s_all;

    /// <summary>The name in the standard, such as SLH-DSA-SHAKE-128s.</summary>
    public required string Name { get; init; }

    /// <summary>SHAKE256, or else SHA-256 and SHA-512.</summary>
    public required bool IsShake { get; init; }

    /// <summary>Bytes of a hash value, a secret or a seed.</summary>
    public required int N { get; init; }

    /// <summary>Height of the hypertree.</summary>
    public required int H { get; init; }

    /// <summary>Layers of the hypertree.</summary>
    public required int D { get; init; }

    /// <summary>h': height of one XMSS tree.</summary>
    public required int HPrime { get; init; }

    /// <summary>Height of a FORS tree.</summary>
    public required int A { get; init; }

    /// <summary>Number of FORS trees.</summary>
    public required int K { get; init; }

    /// <summary>Bytes of the message digest: the indices of FORS, of the tree and of the leaf.</summary>
    public int M => ForsDigestSize + TreeIndexSize + LeafIndexSize;

    public int ForsDigestSize => ((K * A) + 7) / 8;

    public int TreeIndexSize => (H - HPrime + 7) / 8;

    public int LeafIndexSize => (HPrime + 7) / 8;

    /// <summary>len: chains of a WOTS+ key.</summary>
    public int Len => (2 * N) + Len2;

    public int PublicKeySize => 2 * N;

    /// <summary>SK.seed, SK.prf, PK.seed: what determines a key. Our stored private form.</summary>
    public int SeedsSize => 3 * N;

    /// <summary>SK of FIPS 205, figure 15: the seeds and PK.root.</summary>
    public int EncodedPrivateKeySize => 4 * N;

    public int ForsSignatureSize => K * (A + 1) * N;

    public int XmssSignatureSize => (Len + HPrime) * N;

    public int SignatureSize => N + ForsSignatureSize + (D * XmssSignatureSize);

    /// <returns>Null for a name that is not in the standard.</returns>
    public static SlhDsaParameters? FindByName(string name)
    {
        foreach (SlhDsaParameters parameters in s_all)
        {
            if (parameters.Name == name)
                return parameters;
        }

        return null;
    }

    public override string ToString() => Name;

    private static SlhDsaParameters Set128s(string family, bool shake) =>
        new() { Name = $"SLH-DSA-{family}-128s", IsShake = shake, N = 16, H = 63, D = 7, HPrime = 9, A = 12, K = 14 };

    private static SlhDsaParameters Set128f(string family, bool shake) =>
        new() { Name = $"SLH-DSA-{family}-128f", IsShake = shake, N = 16, H = 66, D = 22, HPrime = 3, A = 6, K = 33 };

    private static SlhDsaParameters Set192s(string family, bool shake) =>
        new() { Name = $"SLH-DSA-{family}-192s", IsShake = shake, N = 24, H = 63, D = 7, HPrime = 9, A = 14, K = 17 };

    private static SlhDsaParameters Set192f(string family, bool shake) =>
        new() { Name = $"SLH-DSA-{family}-192f", IsShake = shake, N = 24, H = 66, D = 22, HPrime = 3, A = 8, K = 33 };

    private static SlhDsaParameters Set256s(string family, bool shake) =>
        new() { Name = $"SLH-DSA-{family}-256s", IsShake = shake, N = 32, H = 64, D = 8, HPrime = 8, A = 14, K = 22 };

    private static SlhDsaParameters Set256f(string family, bool shake) =>
        new() { Name = $"SLH-DSA-{family}-256f", IsShake = shake, N = 32, H = 68, D = 17, HPrime = 4, A = 9, K = 35 };
}
