namespace Qssh.Crypto.Signatures.Falcon;

/// <summary>
/// A parameter set of Falcon, round-3 specification of 1 October 2020, table 3.3. Everything here is public.
/// </summary>
internal sealed class FalconParameters
{
    /// <summary>The modulus q.</summary>
    public const int Q = 12289;

    /// <summary>The salt r of a signature (section 3.9): 320 bits.</summary>
    public const int NonceSize = 40;

    public const int HeaderSize = 1;

    public const int LargestN = 1024;

    /// <summary>Bits of a coefficient of F in the encoded private key (section 3.11.5).</summary>
    public const int LargeBits = 8;

    /// <summary>Bits of a coefficient of the public key (section 3.11.4).</summary>
    public const int PublicBits = 14;

    public static readonly FalconParameters Falcon512 = new()
    {
        Scheme = SignatureScheme.Falcon512,
        LogN = 9,
        SquaredBound = 34034726,
        SignatureSize = 666,
        SmallBits = 6,
        InverseSigma = 0.0060336696681577241031668062510953022,
        SigmaMinimum = 1.2778336969128335860256340575729042,
    };

    public static readonly FalconParameters Falcon1024 = new()
    {
        Scheme = SignatureScheme.Falcon1024,
        LogN = 10,
        SquaredBound = 70265242,
        SignatureSize = 1280,
        SmallBits = 5,
        InverseSigma = 0.0059386453095331159950250124336477482,
        SigmaMinimum = 1.2982803343442918539708792538826807,
    };

    private FalconParameters()
    {
    }

    public required SignatureScheme Scheme { get; init; }

    public required int LogN { get; init; }

    /// <summary>Degree of phi = x^n + 1.</summary>
    public int N => 1 << LogN;

    /// <summary>floor(beta^2): the largest squared norm of a signature.</summary>
    public required int SquaredBound { get; init; }

    /// <summary>sbytelen: a padded signature, with header and salt.</summary>
    public required int SignatureSize { get; init; }

    /// <summary>Bits of a coefficient of f and g in the encoded private key.</summary>
    public required int SmallBits { get; init; }

    /// <summary>1 / sigma, with sigma the standard deviation of signatures.</summary>
    public required double InverseSigma { get; init; }

    public required double SigmaMinimum { get; init; }

    public int PublicKeySize => HeaderSize + (N * PublicBits / 8);

    /// <summary>Size of the encoded f, g, F.</summary>
    public int PrivateKeySize => HeaderSize + (N * ((2 * SmallBits) + LargeBits) / 8);

    public byte PublicKeyHeader => (byte)LogN;

    public byte PrivateKeyHeader => (byte)(0x50 + LogN);

    /// <summary>Section 3.11.3: a compressed signature, padded or not.</summary>
    public byte SignatureHeader => (byte)(0x30 + LogN);
}
