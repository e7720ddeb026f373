namespace Qssh.Config;

/// <summary>
/// Names of key types, for lists in the configuration: known here, so that a wrong one is a fault of its line. A test holds them to
/// what the build computes.
/// </summary>
internal static class KeyTypeNames
{
    private static readonly string[] s_all =
    [
        "falcon512", "falcon1024", "mldsa44", "mldsa65", "mldsa87",
        "slhdsa-shake-128s", "slhdsa-shake-128f", "slhdsa-shake-192s", "slhdsa-shake-256s",
        "falcon512+slhdsa-shake-128s", "mldsa65+slhdsa-shake-192s", "falcon1024+slhdsa-shake-256s", "mldsa87+slhdsa-shake-256s",
        "mldsa65+slhdsa-shake-128s",
    ];

    /// <summary>In the order of the codes.</summary>
    public static IReadOnlyList<string> All => s_all;
}
