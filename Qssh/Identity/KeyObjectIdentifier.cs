using Qssh.Crypto.Signatures;

namespace Qssh.Identity;

/// <summary>
/// Object identifiers of signature schemes in certificates and PEM files: ML-DSA (RFC 9881, section 2) and SLH-DSA (RFC 9909, section 3), all below
/// 2.16.840.1.101.3.4.3. Falcon has none before FIPS 206 is final, and dual keys have none that means the same.
/// </summary>
internal static class KeyObjectIdentifier
{
    private const byte FirstSlhDsa = 20, LastSlhDsa = 31;

    private static readonly (SignatureScheme Scheme, byte Number)[] s_numbers =
    [
        (SignatureScheme.MlDsa44, 17), (SignatureScheme.MlDsa65, 18), (SignatureScheme.MlDsa87, 19),
        (SignatureScheme.SlhDsaShake128s, 26), (SignatureScheme.SlhDsaShake128f, 27),
        (SignatureScheme.SlhDsaShake192s, 28), (SignatureScheme.SlhDsaShake256s, 30),
    ];

    /// <summary>sigAlgs of NIST, without the last number.</summary>
    private static ReadOnlySpan<byte> Arc => [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x03];

    /// <summary>Null: the scheme has none.</summary>
    public static byte[]? Of(SignatureScheme scheme)
    {
        foreach ((SignatureScheme known, byte number) in s_numbers)
        {
            if (known == scheme)
                return [.. Arc, number];
        }

        return null;
    }

    /// <summary>Null: not one of ours; <see cref="Describe"/> says what it is.</summary>
    public static SignatureScheme? Find(ReadOnlySpan<byte> identifier)
    {
        foreach ((SignatureScheme scheme, byte number) in s_numbers)
        {
            if (IsNumber(identifier, number))
                return scheme;
        }

        return null;
    }

    public static string Describe(ReadOnlySpan<byte> identifier)
    {
        for (byte number = FirstSlhDsa; number <= LastSlhDsa; number++)
        {
            if (IsNumber(identifier, number))
                return "an SLH-DSA key of a parameter set that is not used here (used: SHAKE-128s, -128f, -192s, -256s)";
        }

        if (identifier.SequenceEqual((ReadOnlySpan<byte>)[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01]))
            return ClassicalReason("rsa");
        if (identifier.SequenceEqual((ReadOnlySpan<byte>)[0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01]))
            return ClassicalReason("ecdsa");
        return identifier.SequenceEqual((ReadOnlySpan<byte>)[0x2B, 0x65, 0x70]) || identifier.SequenceEqual((ReadOnlySpan<byte>)[0x2B, 0x65, 0x71])
            ? ClassicalReason("ed25519")
            : "a key of an unknown algorithm";
    }

    private static string ClassicalReason(string name) => SignatureAlgorithm.ClassicalReason(name)!;

    private static bool IsNumber(ReadOnlySpan<byte> identifier, byte number) =>
        identifier.Length == Arc.Length + 1 && identifier.StartsWith(Arc) && identifier[^1] == number;
}
