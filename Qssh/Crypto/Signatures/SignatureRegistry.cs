namespace Qssh.Crypto.Signatures;

/// <summary>
/// The one table of signature schemes. Sizes: FIPS 204 table 2, FIPS 205 table 2, Falcon round 3 section 3.11 (padded signatures).
/// A dual key joins the keys of its parts; each of its two signatures follows a 16-bit length.
/// </summary>
internal static class SignatureRegistry
{
    private const int DualSignatureLengths = 2 * sizeof(ushort);

    private static readonly SignatureEntry[] s_entries =
    [
        new(SignatureScheme.Falcon512, "falcon512", "Falcon", 897, 666, false),
        new(SignatureScheme.Falcon1024, "falcon1024", "Falcon", 1793, 1280, false),
        new(SignatureScheme.MlDsa44, "mldsa44", "ML-DSA", 1312, 2420, true),
        new(SignatureScheme.MlDsa65, "mldsa65", "ML-DSA", 1952, 3309, true),
        new(SignatureScheme.MlDsa87, "mldsa87", "ML-DSA", 2592, 4627, true),
        new(SignatureScheme.SlhDsaShake128s, "slhdsa-shake-128s", "SLH-DSA", 32, 7856, true),
        new(SignatureScheme.SlhDsaShake128f, "slhdsa-shake-128f", "SLH-DSA", 32, 17088, true),
        new(SignatureScheme.SlhDsaShake192s, "slhdsa-shake-192s", "SLH-DSA", 48, 16224, true),
        new(SignatureScheme.SlhDsaShake256s, "slhdsa-shake-256s", "SLH-DSA", 64, 29792, true),
        new(SignatureScheme.Falcon512SlhDsa128s, "falcon512+slhdsa-shake-128s", "dual", 929, 8522 + DualSignatureLengths, false),
        new(SignatureScheme.MlDsa65SlhDsa192s, "mldsa65+slhdsa-shake-192s", "dual", 2000, 19533 + DualSignatureLengths, true),
        new(SignatureScheme.Falcon1024SlhDsa256s, "falcon1024+slhdsa-shake-256s", "dual", 1857, 31072 + DualSignatureLengths, false),
        new(SignatureScheme.MlDsa87SlhDsa256s, "mldsa87+slhdsa-shake-256s", "dual", 2656, 34419 + DualSignatureLengths, true),
        new(SignatureScheme.MlDsa65SlhDsa128s, "mldsa65+slhdsa-shake-128s", "dual", 1984, 11165 + DualSignatureLengths, true),
    ];

    /// <summary>Every scheme that has a code, in the order of the codes.</summary>
    public static IReadOnlyList<SignatureEntry> Entries => s_entries;

    public static SignatureEntry? Find(SignatureScheme scheme)
    {
        foreach (SignatureEntry entry in s_entries)
        {
            if (entry.Scheme == scheme)
                return entry;
        }

        return null;
    }

    public static SignatureEntry? FindByName(string name)
    {
        foreach (SignatureEntry entry in s_entries)
        {
            if (entry.Name == name)
                return entry;
        }

        return null;
    }
}
